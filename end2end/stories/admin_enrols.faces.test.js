// A new installation: the first administrator makes a department and enrols a
// student by camera; photos that will not do are refused with the reason.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, expectProblem, faces, film, hydrated, openBrowser, openPage, startServer,
} from '../support.js';

const password = 'Story-Pass-2026!';
/** Longest look of an unoptimised server at one photo. */
const LOOK_MS = 60_000;
const bad = (name) => join(faces, 'bad', name);

let server;
let browser;
let page;

before(async () => {
  server = await startServer();
  browser = await openBrowser({ video: film('nasa_luca_parmitano') });
  page = await openPage(browser);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The latest photo of the form, once the server has looked at it. */
async function verdictOn(state) {
  const tile = page.locator('[data-test=photo-pick]').last();
  await tile.and(page.locator(`[data-state=${state}]`)).waitFor({ timeout: LOOK_MS });
  return tile;
}

/** Chooses a file that the server refuses, and says why it did. */
async function chooseRefused(name) {
  const before = await page.locator('[data-test=photo-pick]').count();
  await page.setInputFiles('[data-test=photo-input]', bad(name));
  await page.locator('[data-test=photo-pick]').nth(before).waitFor();
  return (await verdictOn('refused')).locator('[data-test=photo-sentence]').textContent();
}

async function takePhoto() {
  await page.click('[data-test=use-camera]');
  await page.waitForSelector('[data-test=camera][data-state=on]');
  await page.click('[data-test=camera-shutter]');
  return verdictOn('accepted');
}

async function fillForm({ name, email }) {
  await page.fill('[data-test=student-form-name]', name);
  await page.fill('[data-test=student-form-email]', email);
}

test('one-time link makes the first administrator', async () => {
  const link = /http:\S+\/setup\?token=[0-9a-f]+/.exec(server.log());
  assert.ok(link, `the server printed no link:\n${server.log()}`);
  await page.goto(link[0]);
  await hydrated(page);
  await page.fill('[data-test=username]', 'ada');
  await page.fill('[data-test=email]', 'ada@example.org');
  await page.fill('[data-test=password]', password);
  await checkStep(page, 'setup');
  await page.click('[data-test=setup-submit]');
  await page.waitForURL('**/admin');
  await hydrated(page);
  await page.waitForSelector('[data-test=first-steps]');
  await checkStep(page, 'first-steps');
});

test('link works once', async () => {
  const link = /http:\S+\/setup\?token=[0-9a-f]+/.exec(server.log())[0];
  const other = await openPage(browser);
  expectProblem(other, /console error: Failed to load resource: .* 422 /);
  await other.goto(link);
  await hydrated(other);
  await other.fill('[data-test=username]', 'eve');
  await other.fill('[data-test=email]', 'eve@example.org');
  await other.fill('[data-test=password]', password);
  await other.click('[data-test=setup-submit]');
  const error = await other.textContent('[data-test=error]');
  assert.match(error, /not valid any more/);
  assertClean(other);
});

test('administrator makes a department', async () => {
  await page.click('[data-test=nav-admin-settings]');
  await page.click('[data-test=tab-admin-departments]');
  await page.waitForSelector('[data-test=departments-empty]');
  await hydrated(page);
  await page.fill('[data-test=department-name]', 'Astronautics');
  await page.fill('[data-test=department-code]', 'AST');
  await page.click('[data-test=department-save]');
  await page.waitForSelector('[data-test=department-row][data-code=AST]');
  await checkStep(page, 'department-made');
});

test('camera photo is judged on the spot', async () => {
  await page.goto(`${server.url}/admin/students/new`);
  await hydrated(page);
  // The only department is chosen already, and its counter tells the number to come.
  assert.match(await page.textContent('[data-test=next-roll-no]'), /^AST-\d{4}-001$/);
  await fillForm({ name: 'Luca Parmitano', email: 'luca@example.org' });
  const tile = await takePhoto();
  assert.equal(await tile.locator('[data-test=quality]').textContent(), 'Good quality');
  assert.equal(await tile.locator('rect.pick-box').count(), 1);
  await checkStep(page, 'new-student-camera');
  await page.click('[data-test=use-camera]');
  await page.waitForSelector('[data-test=camera]', { state: 'detached' });
});

test('photos that will not do are refused with the reason', async () => {
  assert.match(await chooseRefused('noface_landscape.jpg'), /No face detected/);
  assert.match(await chooseRefused('two_faces.jpg'), /2 faces/);
  const poor = await chooseRefused('blur20.jpg');
  assert.ok(poor.length > 20, `advice for a blurred photo: ${poor}`);
  await page.waitForSelector('[data-test=photos-left-out]');
  await checkStep(page, 'new-student-refused');
  // Nothing of the form is lost, the good photo included.
  assert.equal(await page.inputValue('[data-test=student-form-name]'), 'Luca Parmitano');
  assert.equal(await page.inputValue('[data-test=student-form-email]'), 'luca@example.org');
  assert.equal(await page.locator('[data-test=photo-pick][data-state=accepted]').count(), 1);
  const refused = page.locator('[data-test=photo-pick][data-state=refused]');
  while ((await refused.count()) > 0) await refused.first().locator('[data-test=photo-remove]').click();
  await page.waitForSelector('[data-test=photos-left-out]', { state: 'detached' });
});

test('student is saved with roll number and face', async () => {
  const roll = await page.textContent('[data-test=next-roll-no]');
  await page.click('[data-test=student-form-save]');
  await page.waitForURL(/\/students\/\d+$/, { timeout: LOOK_MS });
  await page.waitForSelector('[data-test=student]');
  assert.equal(await page.textContent('[data-test=student-roll-no]'), roll);
  assert.match(await page.textContent('[data-test=face-status]'), /1 face/);
  assert.match(await page.textContent('[data-test=toasts]'), /Luca Parmitano is saved as AST-/);
  await checkStep(page, 'student-saved');
});

test('same face under another name warns', async () => {
  await page.goto(`${server.url}/admin/students/new`);
  await hydrated(page);
  await fillForm({ name: 'Somebody Else', email: 'luca@example.org' });
  const tile = await takePhoto();
  assert.match(await tile.locator('[data-test=photo-lookalike]').textContent(), /Luca Parmitano \(AST-/);
  await checkStep(page, 'new-student-lookalike');

  // An address that is taken is told at its field; the photo stays.
  expectProblem(page, /console error: Failed to load resource: .* 400 /);
  await page.click('[data-test=student-form-save]');
  await page.waitForSelector('[data-test=field-error]', { timeout: LOOK_MS });
  assert.equal(await page.locator('[data-test=photo-pick][data-state=accepted]').count(), 1);
  await page.fill('[data-test=student-form-email]', 'else@example.org');
  await page.click('[data-test=student-form-save]');
  await page.waitForURL(/\/students\/\d+$/, { timeout: LOOK_MS });
  await page.waitForSelector('[data-test=toast]');
  assert.match(await page.textContent('[data-test=toasts]'), /very close to Luca Parmitano/);
  assertClean(page);
});

test('list shows both students with their faces', async () => {
  await page.click('[data-test=nav-students]');
  await page.waitForSelector('[data-test=students-table]');
  assert.equal(await page.locator('[data-test=student-row]').count(), 2);
  await page.waitForSelector('[data-test=toast]', { state: 'detached' });
  await checkStep(page, 'students');
});
