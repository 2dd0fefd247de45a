// Accounts from the first day on: made, proven, forgotten, invited, signed out from afar.
// All of these pages but sign-in and the mailed links' own are plain ones and wake nothing up.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, createUser, expectProblem, hydrated, openBrowser, openPage, signIn, startServer, withoutModels,
} from '../support.js';

const password = 'Story-Pass-2026!';
const nextPassword = 'Story-Pass-2027!';
let server;
let browser;
/** The administrator's page, open all along. */
let desk;

before(async () => {
  server = await startServer({
    env: withoutModels,
    prepare: (own) => createUser(own, { role: 'admin', username: 'ada', password }),
  });
  browser = await openBrowser();
  desk = await openPage(browser);
  await signIn(desk, server.url, 'ada', password);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The link of the newest message to this address, as the administrator reads it. */
async function linkFor(email) {
  await desk.goto(`${server.url}/admin/outbox?search=${encodeURIComponent(email)}`);
  await desk.locator('[data-test=message-link]').first().click();
  return desk.textContent('[data-test=message-secret-link]');
}

/** Chooses a password on the page of a mailed link; ends on the sign-in page. */
async function choosePassword(page, link, secret) {
  await page.goto(link);
  await hydrated(page);
  await page.fill('[data-test=password]', secret);
  await page.click('[data-test=reset-submit]');
  await page.waitForURL('**/login');
}

test('student registers and verifies the address with the link of the outbox', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/login`);
  await hydrated(page);
  await page.click('[data-test=register-link]');
  await page.waitForSelector('[data-test=register]');
  await checkStep(page, 'register');

  await page.fill('[data-test=username]', 'kim');
  await page.fill('[data-test=email]', 'kim@example.org');
  await page.fill('[data-test=first-name]', 'Kim');
  await page.fill('[data-test=password]', 'weakweak');
  await page.fill('[data-test=password-again]', 'weakwerk');
  await page.click('[data-test=register-submit]');
  await page.waitForSelector('[data-test=field-error]');
  assert.equal(await page.locator('[data-test=field-error]').count(), 2);
  assert.equal(await page.inputValue('[data-test=email]'), 'kim@example.org');
  assert.equal(await page.inputValue('[data-test=password]'), '');
  await checkStep(page, 'register-refused');

  await page.fill('[data-test=password]', password);
  await page.fill('[data-test=password-again]', password);
  await page.click('[data-test=register-submit]');
  await page.waitForSelector('[data-test=register-check-mail]');
  await checkStep(page, 'register-done');

  await page.goto(await linkFor('kim@example.org'));
  await checkStep(desk, 'outbox-message');
  await hydrated(page);
  await page.click('[data-test=verify-submit]');
  await page.waitForURL('**/login');
  await signIn(page, server.url, 'kim', password);
  await page.waitForURL('**/me');
  assertClean(page);
});

test('forgotten password is replaced by a link', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/login`);
  await hydrated(page);
  await page.click('[data-test=forgot-link]');
  await page.waitForSelector('[data-test=forgot]');
  await page.click('[data-test=forgot-unverified]');
  await checkStep(page, 'forgot');
  await page.fill('[data-test=email]', 'kim@example.org');
  await page.click('[data-test=forgot-submit]');
  await page.waitForSelector('[data-test=forgot-asked]');
  await checkStep(page, 'forgot-asked');

  const link = await linkFor('kim@example.org');
  await choosePassword(page, link, nextPassword);
  await signIn(page, server.url, 'kim', nextPassword);
  await page.waitForURL('**/me');
  await desk.reload();
  assert.match(await desk.textContent('[data-test=message-no-link]'), /counts no more/);
  assertClean(page);
});

test('profile is kept, and another device signed out', async () => {
  const here = await openPage(browser);
  const there = await openPage(browser);
  for (const page of [here, there]) await signIn(page, server.url, 'kim', nextPassword);
  await here.click('[data-test=user-menu]');
  await here.click('[data-test=profile-link]');
  await here.waitForSelector('[data-test=profile]');
  assert.equal(await here.textContent('[data-test=profile-email]'), 'kim@example.org');
  assert.match(await here.locator('[data-test=device-name]').first().textContent(), /^Chrom(e|ium) on /);
  await checkStep(here, 'profile');

  await here.fill('[data-test=last-name]', 'Lee');
  await here.click('[data-test=profile-save]');
  await here.waitForSelector('[data-test=done]');
  assert.equal(await here.inputValue('[data-test=last-name]'), 'Lee');

  // Other pages of these stories are devices as well; the newest stands first.
  const devices = await here.locator('[data-test=device]').count();
  await here.locator('[data-test=device-sign-out]').first().click();
  await here.waitForURL('**/profile?done=device');
  assert.equal(await here.locator('[data-test=device]').count(), devices - 1);
  await there.goto(`${server.url}/me`);
  await there.waitForURL(/\/login\?next=/);

  await here.click('[data-test=sign-out-others]');
  await checkStep(here, 'profile-sign-out-others');
  await here.click('[data-test=sign-out-others-sure]');
  await here.waitForURL('**/profile?done=others');
  assert.equal(await here.locator('[data-test=device]').count(), 1);

  await here.fill('[data-test=current-password]', 'Wrong-Pass-2026!');
  await here.fill('[data-test=new-password]', password);
  await here.fill('[data-test=new-password-again]', password);
  await here.click('[data-test=password-save]');
  await here.waitForSelector('[data-test=field-error]');
  assert.equal(await here.locator('[data-test=done]').count(), 0, 'the news is the refusal');
  await here.fill('[data-test=current-password]', nextPassword);
  await here.fill('[data-test=new-password]', password);
  await here.fill('[data-test=new-password-again]', password);
  await here.click('[data-test=password-save]');
  await here.waitForURL('**/profile?done=password');
  assertClean(here);
  assertClean(there);
});

test('teacher is invited and signs in', async () => {
  await desk.goto(`${server.url}/admin/departments`);
  await hydrated(desk);
  await desk.fill('[data-test=department-name]', 'Biology');
  await desk.fill('[data-test=department-code]', 'BIO');
  await desk.click('[data-test=department-save]');
  await desk.waitForSelector('[data-test=department-row]');

  await desk.click('[data-test=nav-admin-users]');
  await desk.waitForSelector('[data-test=user-row]');
  await desk.click('[data-test=invite-link]');
  await desk.waitForSelector('[data-test=invite]');
  await desk.fill('[data-test=invite-username]', 'grace');
  await desk.fill('[data-test=invite-email]', 'grace@example.org');
  await desk.click('[data-test=invite-submit]');
  await desk.waitForSelector('[data-test=field-error]');
  assert.equal(await desk.inputValue('[data-test=invite-username]'), 'grace');
  await checkStep(desk, 'invite-refused');
  await desk.check('[data-test=user-department]');
  await desk.click('[data-test=invite-submit]');
  await desk.waitForSelector('[data-test=user]');
  await checkStep(desk, 'user-invited');
  await desk.click('[data-test=user-message]');
  const link = await desk.textContent('[data-test=message-secret-link]');

  const page = await openPage(browser);
  await choosePassword(page, link, password);
  await signIn(page, server.url, 'grace', password);
  await page.waitForURL('**/today');
  assertClean(page);
});

test('user is looked after: student linked, account switched off and on', async () => {
  await desk.goto(`${server.url}/admin/students/new`);
  await hydrated(desk);
  await desk.fill('[data-test=student-form-name]', 'Kim Lee');
  await desk.fill('[data-test=student-form-email]', 'other@example.org');
  await desk.selectOption('[data-test=student-form-department]', { label: 'BIO · Biology' });
  await desk.click('[data-test=student-form-save]');
  await desk.waitForURL(/\/students\/\d+$/);
  const rollNo = await desk.textContent('[data-test=student-roll-no]');

  await desk.click('[data-test=nav-admin-users]');
  await desk.locator('[data-test=user-row][data-username=kim] [data-test=user-link]').click();
  await desk.waitForSelector('[data-test=user]');
  await desk.fill('[data-test=user-roll-no]', rollNo);
  await desk.click('[data-test=user-link-student]');
  await desk.waitForSelector('[data-test=user-student]');
  await desk.click('[data-test=user-switch]');
  await checkStep(desk, 'user');
  await desk.click('[data-test=user-switch-sure]');
  await desk.waitForURL('**?done=deactivated');

  const page = await openPage(browser);
  expectProblem(page, /console error: Failed to load resource: .* 401 /);
  await page.goto(`${server.url}/login`);
  await hydrated(page);
  await page.fill('[data-test=username]', 'kim');
  await page.fill('[data-test=password]', password);
  await page.click('[data-test=sign-in]');
  assert.match(await page.textContent('[data-test=error]'), /not active/);

  await desk.click('[data-test=user-switch]');
  await desk.click('[data-test=user-switch-sure]');
  await desk.waitForURL('**?done=activated');
  await signIn(page, server.url, 'kim', password);
  await page.waitForURL('**/me');
  assertClean(page);
  assertClean(desk);
});

test('outbox is filtered, and a message deleted', async () => {
  await desk.goto(`${server.url}/admin/outbox`);
  assert.equal(await desk.locator('[data-test=message-row]').count(), 3);
  await checkStep(desk, 'outbox');
  await desk.selectOption('[data-test=outbox-state]', { label: 'Sent' });
  await desk.click('[data-test=outbox-apply]');
  await desk.waitForSelector('[data-test=outbox-empty]');
  await checkStep(desk, 'outbox-empty');
  await desk.goto(`${server.url}/admin/outbox?search=grace`);
  await desk.click('[data-test=message-link]');
  await desk.click('[data-test=message-delete]');
  await desk.click('[data-test=message-delete-sure]');
  await desk.waitForSelector('[data-test=done]');
  assert.equal(await desk.locator('[data-test=message-row]').count(), 2);
  assertClean(desk);
});

test('account that nothing names is deleted', async () => {
  createUser(server, { role: 'student', username: 'gone', password });
  await desk.goto(`${server.url}/admin/users`);
  await hydrated(desk);
  await desk.locator('[data-test=user-row][data-username=gone] [data-test=user-link]').click();
  await desk.click('[data-test=user-delete]');
  await desk.click('[data-test=user-delete-sure]');
  await desk.waitForURL('**/admin/users?done=deleted');
  await hydrated(desk);
  await desk.waitForSelector('[data-test=done]');
  assert.equal(await desk.locator('[data-test=user-row][data-username=gone]').count(), 0);
  await checkStep(desk, 'users');
});
