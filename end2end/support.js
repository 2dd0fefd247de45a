// What every story needs: a server of its own, a browser with a fake camera,
// and eyes that miss nothing (console, content policy, hydration, axe).

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const screens = join(root, 'target/screens');
const program = resolve(root, process.env.ROLLCALL_BIN ?? 'target/debug/rollcall');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Longest wait for a server's first answer, and for anything on a page. */
const READY_MS = 60_000;
const ACTION_MS = 15_000;

export const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

/** Folder of photographs beside the checkout. */
export const faces = resolve(root, process.env.ROLLCALL_FACES ?? '../shared/faces');

/** Absolute path of a fake camera's film. */
export const film = (name) => join(faces, 'video', `${name}.mjpeg`);

/** Settings of a server that has neither weights nor photographs. */
export const withoutModels = {
  ROLLCALL_MODELS: '/nowhere/models',
  ROLLCALL_MODELS_MIRROR: '/nowhere/mirror',
  ROLLCALL_FACES: '/nowhere/faces',
};

/**
 * Starts a server with an empty database in a folder of its own.
 * `prepare(server)` runs before it serves, with `server.command(args, input)`.
 * Returns `{ url, data, command, log, stop, pause, resume }`; a paused server has
 * ended as in a power cut and starts again at the same address with its data.
 */
export async function startServer({ prepare, env = {} } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'rollcall-story-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    ...process.env,
    RUST_LOG: 'warn,rollcall=info',
    ...env,
    // All spelled out: a developer's own `.env` must not reach a story.
    ROLLCALL_DATA: data,
    DATABASE_URL: `sqlite://${join(data, 'rollcall.db')}`,
    ROLLCALL_ADDR: `127.0.0.1:${port}`,
    PUBLIC_URL: url,
  };
  const command = (args, input = '') => {
    const done = spawnSync(program, args, { cwd: root, env: settings, input, encoding: 'utf8' });
    assert.equal(done.status, 0, `rollcall ${args.join(' ')}\n${done.stdout}${done.stderr}`);
    return done.stdout;
  };
  try {
    await prepare?.({ command, data });
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    throw error;
  }

  let child;
  let ended;
  let text = '';
  const keep = (chunk) => (text += chunk);
  const log = () => text;
  const resume = async () => {
    // A test that failed before it paused leaves a server that runs: a second one would take its place here, and
    // nothing would ever end the first.
    if (child && child.exitCode === null && child.signalCode === null) return;
    child = spawn(program, ['serve'], { cwd: root, env: settings, stdio: ['ignore', 'pipe', 'pipe'] });
    ended = once(child, 'exit');
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    await answers(`${url}/livez`, child, log);
  };
  const pause = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = globalThis.setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
    rmSync(data, { recursive: true, force: true });
  };
  try {
    await resume();
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, data, command, log, stop, pause, resume };
}

async function answers(url, child, log) {
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    assert.equal(child.exitCode, null, `the server ended:\n${log()}`);
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await wait(50);
  }
  assert.fail(`the server does not answer:\n${log()}`);
}

/** A port that nobody listened on a moment ago. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Makes a user that signs in with `password`. */
export function createUser(server, { role, username, password, departments = [] }) {
  const args = ['user', 'create', '--role', role, '--username', username];
  args.push('--email', `${username}@example.org`, '--password-stdin');
  for (const code of departments) args.push('--department', code);
  server.command(args, `${password}\n`);
}

/** The demo's sign-in names and passwords: `{ admin, teacher, student }`. */
export function readAccounts(server) {
  const accounts = {};
  const text = readFileSync(join(server.data, 'demo-accounts.txt'), 'utf8');
  for (const line of text.split('\n')) {
    const found = /^\s*(admin|teacher|student)\b[\s:]+(\S+)\s*$/.exec(line);
    if (found) accounts[found[1]] = found[2];
  }
  return accounts;
}

/**
 * A browser whose camera plays the film `video`; without one, Chromium's test
 * picture. `camera`: `allowed`, `refused` (the user says no) or `missing`.
 */
export async function openBrowser({ video, camera = 'allowed' } = {}) {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  if (camera === 'refused') args.push('--deny-permission-prompts');
  else args.push('--use-fake-ui-for-media-stream');
  if (camera !== 'missing') args.push('--use-fake-device-for-media-stream');
  if (video) args.push(`--use-file-for-fake-video-capture=${video}`);
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
}

/**
 * A page in a context of its own that remembers everything that went wrong.
 * `page.problems` is checked by `assertClean`; `javaScript: false` shows the
 * page as a browser without scripts gets it.
 */
export async function openPage(browser, { size = sizes.desktop, javaScript = true } = {}) {
  const context = await browser.newContext({
    viewport: size,
    javaScriptEnabled: javaScript,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.javaScript = javaScript;
  page.setDefaultTimeout(ACTION_MS);
  page.problems = [];
  // Without scripts nobody asks for the program that the page announces.
  page.expected = javaScript ? [] : [/rollcall\.wasm was preloaded using link preload but not used/];
  page.on('pageerror', (error) => page.problems.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    // Chromium reports refused policies and broken hydration here too.
    if (['error', 'warning'].includes(message.type())) {
      page.problems.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 500) page.problems.push(`${response.status()} ${response.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`content policy: ${event.violatedDirective} refused ${event.blockedURI}`);
    });
    // Hydration is one synchronous piece of work in which the router starts to
    // listen for `popstate`; the next task finds all of it done.
    const listen = window.addEventListener;
    window.addEventListener = function (type, ...rest) {
      if (type === 'popstate') setTimeout(() => (globalThis.hydrated = true));
      return listen.call(this, type, ...rest);
    };
  });
  return page;
}

/**
 * Says that a story provokes a message on purpose, for instance the console's
 * line about an answer that is not 2xx.
 */
export function expectProblem(page, pattern) {
  page.expected.push(pattern);
}

/** Fails when anything went wrong on the page since it was opened. */
export function assertClean(page) {
  const left = page.problems.filter((text) => !page.expected.some((pattern) => pattern.test(text)));
  assert.deepEqual(left, [], `on ${page.url()}`);
}

/** Waits until the browser half has taken the page over: its router listens. Plain pages have none to wait for. */
export async function hydrated(page) {
  await page.waitForLoadState('domcontentloaded');
  if ((await page.locator('head > script[type=module]').count()) === 0) return;
  await page.waitForFunction(() => globalThis.hydrated === true);
}

/** Signs in through the form; ends on the page that follows. */
export async function signIn(page, url, username, password) {
  await page.goto(`${url}/login`);
  await hydrated(page);
  await page.fill('[data-test=username]', username);
  await page.fill('[data-test=password]', password);
  await Promise.all([
    page.waitForURL((next) => !next.pathname.startsWith('/login')),
    page.click('[data-test=sign-in]'),
  ]);
  await hydrated(page);
}

/** Starts a session from the teacher's first page; ends on the session's. */
export async function startSession(page, url, { department, subject }) {
  await page.goto(`${url}/today`);
  await hydrated(page);
  await page.selectOption('[data-test=session-department]', { label: department });
  await page.fill('[data-test=session-subject]', subject);
  await page.click('[data-test=start-session]');
  await page.waitForURL(/\/sessions\/\d+$/);
  await page.waitForSelector('[data-test=session]');
}

/** The counters of an open session: `{ present, late, absent, excused, unmarked, total }`. */
export async function readCounters(page) {
  const counters = {};
  for (const name of ['present', 'late', 'absent', 'excused', 'unmarked', 'total']) {
    counters[name] = Number(await page.textContent(`[data-test=session-head] [data-test=count-${name}] dd`));
  }
  return counters;
}

/** The register of an open session: `{ name, rollNo, status, madeBy }` per row. */
export async function readRegister(page) {
  return page.$$eval('[data-test=register-row]', (rows) =>
    rows.map((row) => ({
      name: row.querySelector('.register-name strong').textContent,
      rollNo: row.dataset.rollNo,
      status: row.dataset.status,
      madeBy: row.dataset.madeBy,
    })),
  );
}

/** One student's row in the register. */
export const rowOf = (page, name) => page.locator('[data-test=register-row]', { hasText: name });

/** Waits until a row of the register has this status and maker. */
export async function waitForRow(page, name, { status, madeBy }) {
  const maker = madeBy === undefined ? '' : `[data-made-by="${madeBy}"]`;
  const row = `[data-test=register-row][data-status=${status}]${maker}`;
  await page.locator(row, { hasText: name }).waitFor({ state: 'attached' });
}

/**
 * What a page without scripts shows, in one that has them: a browser without
 * scripts neither draws a change of colours nor ends a check with timers.
 */
async function copyWithScripts(page) {
  const scripts = /<script[^>]*>.*?<\/script>|<link[^>]*modulepreload[^>]*>/gs;
  const body = (await page.content()).replace(scripts, '');
  const context = await page.context().browser().newContext({ viewport: page.viewportSize(), reducedMotion: 'reduce' });
  await context.addCookies(await page.context().cookies());
  const copy = await context.newPage();
  copy.setDefaultTimeout(ACTION_MS);
  await copy.route(page.url(), (route) => route.fulfill({ body, contentType: 'text/html' }));
  // The style for browsers without scripts holds for the copy as well.
  await copy.route('**/*.css', async (route) => {
    const response = await route.fetch();
    const style = (await response.text()).replace(/\(scripting:\s*none\)/g, 'all');
    await route.fulfill({ response, body: style });
  });
  await copy.goto(page.url());
  return copy;
}

/** Violations of WCAG 2.2 A or AA and of axe's best practices. */
async function findViolations(page) {
  // Through the debugger, not as a script of the page: the policy stays untouched.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const result = await globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return result.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.slice(0, 5).map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
    }));
  });
}

/**
 * One step of a story is over: nothing went wrong, the page is accessible in
 * light and dark, and nothing runs off a phone's edge. Keeps four pictures.
 */
export async function checkStep(page, name) {
  mkdirSync(screens, { recursive: true });
  const before = page.viewportSize();
  const shown = page.javaScript ? page : await copyWithScripts(page);
  for (const [sizeName, size] of Object.entries(sizes)) {
    await shown.setViewportSize(size);
    for (const colorScheme of ['light', 'dark']) {
      await shown.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // A bar that sticks would stand in the middle of the picture.
      await shown.evaluate(() => scrollTo(0, 0));
      const picture = join(screens, `${name}-${sizeName}-${colorScheme}.png`);
      await shown.screenshot({ path: picture, fullPage: true });
      assert.deepEqual(await findViolations(shown), [], `accessibility of ${name} (${sizeName}, ${colorScheme})`);
    }
    const overflow = await shown.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.ok(overflow <= 0, `${name} is ${overflow} px too wide at ${size.width} px`);
  }
  if (shown === page) {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.setViewportSize(before);
  } else {
    await shown.context().close();
  }
  assertClean(page);
}
