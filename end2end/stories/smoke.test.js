// A new server answers, its sign-in page wakes up, and a user gets in.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { checkStep, createUser, hydrated, openBrowser, openPage, signIn, startServer } from '../support.js';

const password = 'Story-Pass-2026!';
let server;
let browser;

before(async () => {
  server = await startServer({
    prepare: (own) => createUser(own, { role: 'admin', username: 'ada', password }),
  });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test('server answers that it lives', async () => {
  const response = await fetch(`${server.url}/livez`);
  assert.equal(response.status, 200);
});

test('sign-in page wakes up and is accessible', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/login`);
  await hydrated(page);
  await checkStep(page, 'login');
});

test('browser files are named by their content and kept for good', async () => {
  const html = await (await fetch(`${server.url}/login`)).text();
  for (const kind of ['css', 'js', 'wasm']) {
    const [path] = html.match(new RegExp(`/pkg/rollcall\\.[0-9a-f]{16}\\.${kind}`)) ?? [];
    assert.ok(path, `the page names a ${kind} file with a hash`);
    const response = await fetch(server.url + path, { headers: { 'accept-encoding': 'br' } });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(response.headers.get('content-encoding'), 'br');
  }
  const missing = await fetch(`${server.url}/pkg/rollcall.0000000000000000.wasm`);
  assert.equal(missing.status, 404);
  assert.doesNotMatch(missing.headers.get('cache-control'), /immutable/);
});

test('user signs in', async () => {
  const page = await openPage(browser);
  await signIn(page, server.url, 'ada', password);
  await checkStep(page, 'first-page-of-admin');
});

test('user signs in without scripts', async () => {
  const page = await openPage(browser, { javaScript: false });
  await page.goto(`${server.url}/login`);
  await page.fill('[data-test=username]', 'ada');
  await page.fill('[data-test=password]', password);
  await page.click('[data-test=sign-in]');
  await page.waitForURL((url) => url.pathname !== '/login');
  assert.equal(await page.locator('[data-test=user-menu]').count(), 1);
});

test('passwords stay out of the log', async () => {
  const form = new URLSearchParams({ username: 'ada', password: 'Wrong-Story-Pass-1!' });
  await fetch(`${server.url}/fn/sign_in`, { method: 'POST', body: form, headers: { origin: server.url } });
  const body = JSON.stringify({ username: 'ada', password });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${server.url}/api/auth/login/`, { method: 'POST', body, headers });
  assert.equal(answer.status, 200);
  const { access } = await answer.json();
  const log = server.log();
  assert.match(log, /\/api\/auth\/login\//, 'requests are logged');
  for (const secret of [password, 'Wrong-Story-Pass-1!', access]) assert.ok(!log.includes(secret));
});

test('browser asks for what a form needs before it is sent', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/login`);
  await hydrated(page);
  await page.click('[data-test=sign-in]');
  assert.equal(new URL(page.url()).pathname, '/login');
  assert.equal(await page.locator('[data-test=username]:invalid').count(), 1);
  assert.equal(await page.locator('[data-test=error]').count(), 0);
});
