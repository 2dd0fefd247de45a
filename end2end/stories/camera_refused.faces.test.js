// Without a camera the page says why, and takes photos from files instead; with one, it stays on.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, faces, film, hydrated, openBrowser, openPage, readAccounts, signIn, startServer, startSession,
} from '../support.js';

/** Longest look of an unoptimised server at one photo. */
const LOOK_MS = 60_000;

let server;
let accounts;
let sessionUrl;

before(async () => {
  // A class of few: the photographs of the demo's class are not needed here.
  server = await startServer({ prepare: (own) => own.command(['demo', '--faces', '/nowhere/faces']) });
  accounts = readAccounts(server);
});

after(async () => {
  await server?.stop();
});

/** Runs a story in a browser whose user, or machine, has no camera to give. */
async function inBrowser(options, story) {
  const browser = await openBrowser(options);
  try {
    await story(browser);
  } finally {
    await browser.close();
  }
}

/** Chooses a photo in place of the camera, and gets its result. */
async function photographByFile(page) {
  await page.setInputFiles('[data-test=camera-file]', join(faces, 'bad/noface_landscape.jpg'));
  await page.waitForSelector('[data-test=shot][data-state=done]', { timeout: LOOK_MS });
  assert.match(await page.textContent('[data-test=suggestions]'), /No face was found/);
}

test('refused permission is explained, and a file marks instead', async () => {
  await inBrowser({ camera: 'refused' }, async (browser) => {
    const page = await openPage(browser);
    await signIn(page, server.url, 'teacher', accounts.teacher);
    await startSession(page, server.url, { department: 'AST · Astronautics', subject: 'Ballistics' });
    sessionUrl = page.url();
    await page.click('[data-test=camera-start]');
    const words = await page.textContent('[data-test=camera-trouble]');
    assert.match(words, /not allowed to use the camera/);
    assert.ok(await page.isVisible('[data-test=camera-retry]'));
    await checkStep(page, 'camera-refused');
    await photographByFile(page);
    await checkStep(page, 'photo-without-faces');
  });
});

test('missing camera is told apart from a refusal', async () => {
  await inBrowser({ camera: 'missing' }, async (browser) => {
    const page = await openPage(browser);
    await signIn(page, server.url, 'teacher', accounts.teacher);
    await page.goto(sessionUrl);
    await hydrated(page);
    await page.click('[data-test=camera-start]');
    assert.match(await page.textContent('[data-test=camera-trouble]'), /No camera was found/);
    await page.click('[data-test=camera-retry]');
    assert.match(await page.textContent('[data-test=camera-trouble]'), /No camera was found/);
    assertClean(page);
  });
});

test('page without HTTPS says so before anybody presses a button', async () => {
  await inBrowser({}, async (browser) => {
    const page = await openPage(browser);
    // What browsers give to pages that came over plain HTTP.
    await page.addInitScript(() => Object.defineProperty(navigator, 'mediaDevices', { value: undefined }));
    await signIn(page, server.url, 'teacher', accounts.teacher);
    await page.goto(sessionUrl);
    await hydrated(page);
    assert.match(await page.textContent('[data-test=camera-trouble]'), /only to pages opened over HTTPS/);
    assert.equal(await page.locator('[data-test=camera-start], [data-test=camera-retry]').count(), 0);
    await checkStep(page, 'camera-not-secure');
    await photographByFile(page);
    assertClean(page);
  });
});

test('enrolment form takes files when the camera is refused', async () => {
  await inBrowser({ camera: 'refused' }, async (browser) => {
    const page = await openPage(browser);
    await signIn(page, server.url, 'admin', accounts.admin);
    await page.goto(`${server.url}/admin/students/new`);
    await hydrated(page);
    await page.click('[data-test=use-camera]');
    assert.match(await page.textContent('[data-test=camera-trouble]'), /not allowed to use the camera/);
    await checkStep(page, 'camera-refused-enrolment');
    await page.setInputFiles('[data-test=camera-file]', join(faces, 'identities/nasa_portraits/luca_parmitano/1.jpg'));
    await page.waitForSelector('[data-test=photo-pick]:not([data-state=checking])', { timeout: LOOK_MS });
    assertClean(page);
  });
});

test('news of the session leave the camera on', async () => {
  await inBrowser({ video: film('noface') }, async (browser) => {
    const page = await openPage(browser);
    await signIn(page, server.url, 'teacher', accounts.teacher);
    // What the page asks for when its live line opens arrives only after the camera is on.
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route('**/fn/get_session', async (route) => {
      await held;
      await route.continue();
    });
    const news = page.waitForResponse('**/fn/get_session');
    await page.goto(sessionUrl);
    await hydrated(page);
    await page.click('[data-test=camera-start]');
    await page.waitForSelector('[data-test=camera][data-state=on]');
    release();
    await (await news).finished();
    // Two pictures later the page has drawn what it heard.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.equal(await page.getAttribute('[data-test=camera]', 'data-state'), 'on');
    assertClean(page);
  });
});
