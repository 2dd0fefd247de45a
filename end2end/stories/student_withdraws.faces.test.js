// A student sees what is stored of their face, enrols photos where that is allowed, withdraws, and the face is gone.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { checkStep, faces, hydrated, openBrowser, openPage, readAccounts, startServer } from '../support.js';

/** Longest look of an unoptimised server at one photo. */
const LOOK_MS = 60_000;

let server;
let browser;
let accounts;
let page;

before(async () => {
  server = await startServer({ prepare: (own) => own.command(['demo']) });
  accounts = readAccounts(server);
  browser = await openBrowser();
  page = await openPage(browser);
  page.setDefaultTimeout(LOOK_MS);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const files = () => readdirSync(join(server.data, 'media/student_faces')).length;

test('student sees what is stored', async () => {
  await page.goto(`${server.url}/login`);
  await hydrated(page);
  await page.fill('[data-test=username]', 'student');
  await page.fill('[data-test=password]', accounts.student);
  await Promise.all([page.waitForURL('**/me'), page.click('[data-test=sign-in]')]);
  await Promise.all([page.waitForURL('**/me/face'), page.click('[data-test=nav-me-face]')]);
  assert.match(await page.textContent('[data-test=stored-words]'), /^1 photo and 1 template/);
  assert.equal(await page.locator('[data-test=my-photo]').count(), 1);
  assert.match(await page.textContent('[data-test=consent-state]'), /Confirmed by your institution/);
  await checkStep(page, 'my-face');
});

test('student takes all data along', async () => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-test=my-data]')]);
  assert.match(download.suggestedFilename(), /^rollcall-AST-\d{4}-\d+-.*\.zip$/);
  assert.equal(await download.failure(), null);
});

test('student withdraws and the face is gone', async () => {
  const before = files();
  await page.click('[data-test=withdraw]');
  await checkStep(page, 'my-face-question');
  await Promise.all([page.waitForURL('**/me/face?done=withdrawn'), page.click('[data-test=withdraw-sure]')]);
  assert.match(await page.textContent('[data-test=consent-state]'), /Withdrawn/);
  assert.deepEqual(await page.locator('[data-test=receipt-left]').allTextContents(), ['0', '0', '0', '0']);
  assert.equal(files(), before - 1);
  await checkStep(page, 'my-face-gone');
});

test('student agrees again and enrols photos of their own', async () => {
  const login = await fetch(`${server.url}/api/auth/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: accounts.admin }),
  });
  const headers = { authorization: `Bearer ${(await login.json()).access}`, 'content-type': 'application/json' };
  const settings = await (await fetch(`${server.url}/api/settings/`, { headers })).json();
  const body = JSON.stringify({ ...settings, self_enrolment: true });
  assert.equal((await fetch(`${server.url}/api/settings/`, { method: 'PUT', headers, body })).status, 200);

  await page.goto(`${server.url}/me/face`);
  assert.match(await page.textContent('[data-test=no-enrolment]'), /Agree to the notice/);
  await Promise.all([page.waitForURL('**/me/face?done=given'), page.click('[data-test=give-consent]')]);
  await page.setInputFiles('[data-test=shot-front]', join(faces, 'bad/two_faces.jpg'));
  await page.setInputFiles('[data-test=shot-left]', join(faces, 'bad/noface_landscape.jpg'));
  await Promise.all([page.waitForURL(/__err=/, { timeout: LOOK_MS }), page.click('[data-test=enrol-send]')]);
  assert.match(await page.textContent('[data-test=shot-front-fault]'), /2 faces/);
  assert.match(await page.textContent('[data-test=shot-left-fault]'), /No face detected/);
  assert.equal(await page.locator('[data-test=my-photo]').count(), 0);
  await checkStep(page, 'my-face-refused');

  await page.setInputFiles('[data-test=shot-front]', join(faces, 'identities/nasa_portraits/luca_parmitano/1.jpg'));
  await Promise.all([
    page.waitForURL('**/me/face?done=enrolled', { timeout: LOOK_MS }),
    page.click('[data-test=enrol-send]'),
  ]);
  assert.equal(await page.locator('[data-test=my-photo]').count(), 1);
  assert.match(await page.textContent('[data-test=my-photo]'), /by you/);
  await checkStep(page, 'my-face-enrolled');
});
