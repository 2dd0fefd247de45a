// A student takes photos of their own face with the camera, led from one to the next, and stores them together.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, faces, film, hydrated, openBrowser, openPage, readAccounts, signIn, sizes, startServer,
} from '../support.js';

/** Longest look of an unoptimised server at one photo. */
const LOOK_MS = 60_000;

let server;
let accounts;

before(async () => {
  server = await startServer({ prepare: (own) => own.command(['demo']) });
  accounts = readAccounts(server);
});

after(async () => {
  await server?.stop();
});

/** Tells a story in a browser with this camera, as the student, on a screen of this size. */
async function asStudent(camera, size, story) {
  const browser = await openBrowser(camera);
  try {
    const page = await openPage(browser, { size });
    page.setDefaultTimeout(LOOK_MS);
    await signIn(page, server.url, 'student', accounts.student);
    await story(page);
    assertClean(page);
  } finally {
    await browser.close();
  }
}

/** Lets students enrol themselves, or no longer. */
async function allow(selfEnrolment) {
  const login = await fetch(`${server.url}/api/auth/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: accounts.admin }),
  });
  const headers = { authorization: `Bearer ${(await login.json()).access}`, 'content-type': 'application/json' };
  const settings = await (await fetch(`${server.url}/api/settings/`, { headers })).json();
  const body = JSON.stringify({ ...settings, self_enrolment: selfEnrolment });
  assert.equal((await fetch(`${server.url}/api/settings/`, { method: 'PUT', headers, body })).status, 200);
}

/** From the page of one's face to the camera. */
async function openCamera(page) {
  await page.goto(`${server.url}/me/face`);
  await Promise.all([page.waitForURL('**/me/face/camera'), page.click('[data-test=my-camera]')]);
  await hydrated(page);
}

/** Takes the photo that is asked for; the next step, or the last word, follows. */
async function takePhoto(page, next) {
  await page.waitForSelector('[data-test=camera][data-state=on]');
  await page.click('[data-test=camera-shutter]');
  await next.waitFor();
}

const step = (page, number, count) => page.locator('[data-test=guide-count]', { hasText: `Photo ${number} of ${count}` });

/** Chooses a language in the menu; the page is loaded anew. */
async function choose(page, lang) {
  await page.click('[data-test=user-menu]');
  await page.click(`[data-test=language-${lang}]`);
  await page.waitForSelector(`html[lang=${lang}]`);
}

const ready = (page) => page.locator('[data-test=guide-store]');
const photos = (page, state) => page.locator(`[data-test=guide-photo] [data-state=${state}]`);
const focusIsOnHeading = (page) => page.waitForFunction(() => document.activeElement?.tagName === 'H2');

test('camera that is not offered says so and leads back', async () => {
  await asStudent({}, sizes.desktop, async (page) => {
    await page.goto(`${server.url}/me/face`);
    assert.equal(await page.locator('[data-test=my-camera]').count(), 0);
    await page.goto(`${server.url}/me/face/camera`);
    await hydrated(page);
    assert.match(await page.textContent('[data-test=no-enrolment]'), /added by the office/);
    assert.equal(await page.locator('[data-test=guide]').count(), 0);
    await checkStep(page, 'my-camera-closed');
    await Promise.all([page.waitForURL('**/me/face'), page.click('[data-test=my-camera-back]')]);
  });
  await allow(true);
});

test('browser without scripts is led to the form', async () => {
  await asStudent({}, sizes.desktop, async (page) => {
    const plain = await openPage(page.context().browser(), { javaScript: false });
    await plain.context().addCookies(await page.context().cookies());
    await plain.goto(`${server.url}/me/face`);
    assert.ok(await plain.isVisible('[data-test=enrol-form]'));
    assert.ok(await plain.isHidden('[data-test=my-camera]'));
    await plain.goto(`${server.url}/me/face/camera`);
    assert.ok(await plain.isHidden('[data-test=guide]'));
    assert.match(await plain.innerText('main'), /needs scripts/);
    await checkStep(plain, 'my-camera-without-scripts');
  });
});

test('refused camera is explained, and files take its place', async () => {
  await asStudent({ camera: 'refused' }, sizes.phone, async (page) => {
    await openCamera(page);
    assert.match(await page.textContent('[data-test=camera-trouble]'), /not allowed to use the camera/);
    assert.equal(await page.getAttribute('[data-test=camera-file]', 'capture'), 'user');
    assert.ok(await page.isVisible('[data-test=camera-retry]'));
    await checkStep(page, 'my-camera-refused');

    await page.setInputFiles('[data-test=camera-file]', join(faces, 'bad/two_faces.jpg'));
    await page.waitForSelector('[data-test=guide-refused]');
    assert.match(await page.textContent('[data-test=guide-refused]'), /2 faces.*take this photo again/);
    assert.ok(await step(page, 1, 3).isVisible(), 'it is this photo that is asked for again');
    await checkStep(page, 'my-camera-photo-refused');

    await page.setInputFiles('[data-test=camera-file]', join(faces, 'identities/nasa_portraits/luca_parmitano/1.jpg'));
    await step(page, 2, 3).waitFor();
    assert.equal(await page.locator('[data-test=guide-refused]').count(), 0);
    await page.click('[data-test=guide-skip]');
    await page.click('[data-test=guide-skip]');
    await ready(page).waitFor();
    await Promise.all([page.waitForURL('**/me/face'), page.click('[data-test=my-camera-files]')]);
    assert.equal(await page.locator('[data-test=my-photo]').count(), 1, 'nothing was stored');
  });
});

test('student is led through three photos, takes one again and stores them', async () => {
  await asStudent({ video: film('nasa_luca_parmitano') }, sizes.desktop, async (page) => {
    await page.goto(`${server.url}/me/face`);
    await checkStep(page, 'my-face-with-camera');
    await openCamera(page);
    await page.waitForSelector('[data-test=camera][data-state=on]');
    assert.ok(await step(page, 1, 3).isVisible());
    await checkStep(page, 'my-camera');
    // The first by keys.
    await page.focus('[data-test=camera-shutter]');
    await page.keyboard.press('Enter');
    await step(page, 2, 3).waitFor();
    assert.match(await page.textContent('[data-test=guide-said]'), /^Photo 2 of 3: Slightly left\. Turn your head/);
    assert.equal(await photos(page, 'accepted').count(), 1);
    await checkStep(page, 'my-camera-second');
    await choose(page, 'ar');
    await hydrated(page);
    await page.waitForSelector('[data-test=camera][data-state=on]');
    await checkStep(page, 'my-camera-arabic');
    await choose(page, 'en');
    await hydrated(page);
    assert.ok(await step(page, 1, 3).isVisible(), 'a page that was left has forgotten its photos');
    await takePhoto(page, step(page, 2, 3));
    await takePhoto(page, step(page, 3, 3));
    await page.click('[data-test=guide-skip]');
    await ready(page).waitFor();
    await focusIsOnHeading(page);
    assert.equal(await page.locator('[data-test=camera]').count(), 0, 'the camera is off');
    await page.click('[data-test=guide-after-all]');
    await takePhoto(page, ready(page));
    assert.equal(await photos(page, 'accepted').count(), 3);
    await checkStep(page, 'my-camera-ready');

    const first = await page.getAttribute('[data-test=guide-photo] img', 'src');
    await page.locator('[data-test=photo-remove]').first().click();
    await focusIsOnHeading(page);
    assert.ok(await step(page, 1, 3).isVisible());
    await takePhoto(page, ready(page));
    assert.notEqual(await page.getAttribute('[data-test=guide-photo] img', 'src'), first);
    await Promise.all([page.waitForURL('**/me/face?done=enrolled'), page.click('[data-test=guide-store]')]);
    assert.equal(await page.locator('[data-test=my-photo]').count(), 4);
    assert.equal(await page.locator('[data-test=my-photo]', { hasText: /by you(?!r)/ }).count(), 3);
    await page.goBack();
    await hydrated(page);
    assert.equal(await photos(page, 'accepted').count(), 0, 'the page has forgotten them');
  });
});

test('phone is asked for as many photos as there is room for', async () => {
  await asStudent({ video: film('nasa_luca_parmitano') }, sizes.phone, async (page) => {
    await openCamera(page);
    await takePhoto(page, ready(page));
    assert.equal(await page.locator('[data-test=guide-photo]').count(), 1);
    await checkStep(page, 'my-camera-one');
    // Somebody closes the door while the photo is being taken.
    await allow(false);
    await page.click('[data-test=guide-store]');
    assert.match(await page.textContent('[data-test=error]'), /added by the office/);
    await allow(true);
    await Promise.all([page.waitForURL('**/me/face?done=enrolled'), page.click('[data-test=guide-store]')]);
    assert.equal(await page.locator('[data-test=my-photo]').count(), 5);
    assert.equal(await page.locator('[data-test=my-camera]').count(), 0);
    await page.goto(`${server.url}/me/face/camera`);
    assert.match(await page.textContent('[data-test=no-enrolment]'), /5 photos are stored/);
    page.expected.push(/status of 422/);
  });
});
