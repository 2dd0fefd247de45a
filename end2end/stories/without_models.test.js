// A server without weights says so, and attendance is taken by hand from
// beginning to end.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, hydrated, openBrowser, openPage, readAccounts, readCounters, rowOf, signIn, sizes, startServer,
  startSession, waitForRow, withoutModels,
} from '../support.js';

let server;
let browser;
let accounts;
let page;

before(async () => {
  server = await startServer({ env: withoutModels, prepare: (own) => own.command(['demo']) });
  accounts = readAccounts(server);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test('session says that photos cannot mark, and offers no camera', async () => {
  // As in a classroom: on a phone.
  page = await openPage(browser, { size: sizes.phone });
  await signIn(page, server.url, 'teacher', accounts.teacher);
  await startSession(page, server.url, { department: 'CS · Computer Science', subject: 'Compilers' });
  assert.match(await page.textContent('[data-test=faces-unavailable]'), /not set up on this server/);
  assert.equal(await page.locator('[data-test=camera], [data-test=photo-files]').count(), 0);
  assert.equal((await readCounters(page)).total, 20);
  await checkStep(page, 'no-models-session');
});

test('register is marked by hand', async () => {
  await page.click('[data-test=tab-register]');
  await rowOf(page, 'Amara Okafor').locator('[data-test=set-present]').click();
  await waitForRow(page, 'Amara Okafor', { status: 'present', madeBy: 'by you' });
  await rowOf(page, 'Benjamin Weiss').locator('[data-test=set-late]').click();
  await waitForRow(page, 'Benjamin Weiss', { status: 'late', madeBy: 'by you' });
  await rowOf(page, 'Daniel Novak').locator('[data-test=set-excused]').click();
  await waitForRow(page, 'Daniel Novak', { status: 'excused' });
  await checkStep(page, 'no-models-register');

  await rowOf(page, 'Daniel Novak').locator('[data-test=row-more]').click();
  await rowOf(page, 'Daniel Novak').locator('[data-test=take-back]').click();
  await waitForRow(page, 'Daniel Novak', { status: 'unmarked' });
  const { present, late, excused, unmarked } = await readCounters(page);
  assert.deepEqual({ present, late, excused, unmarked }, { present: 1, late: 1, excused: 0, unmarked: 18 });
});

test('rest is marked present and the register saved', async () => {
  await page.click('[data-test=mark-rest]');
  await page.click('[data-test=mark-rest-present]');
  await page.waitForFunction(() => !document.querySelector('[data-test=register-row][data-status=unmarked]'));
  await page.click('[data-test=save-register]');
  await page.click('[data-test=save-register-sure]');
  await page.waitForSelector('[data-test=saved]');
  const { present, late, total } = await readCounters(page);
  assert.deepEqual({ present, late, total }, { present: 19, late: 1, total: 20 });
  await page.waitForSelector('[data-test=toast]', { state: 'detached' });
  await checkStep(page, 'no-models-saved');
  await page.goto(`${server.url}/sessions`);
  await hydrated(page);
  await page.waitForSelector('[data-test=sessions-list]');
  assert.match(await page.locator('[data-test=session-link]').first().textContent(), /Compilers.*Done.*20 of 20/s);
  assertClean(page);
});

test('cancelled session takes no marks', async () => {
  await startSession(page, server.url, { department: 'CS · Computer Science', subject: 'Cancelled Class' });
  await page.click('[data-test=cancel-session]');
  await page.click('[data-test=cancel-session-sure]');
  await page.waitForSelector('[data-test=cancelled]');
  assert.equal(await page.locator('[data-test=set-present]').count(), 0);
  await page.waitForSelector('[data-test=toast]', { state: 'detached' });
  await checkStep(page, 'session-cancelled');
});

test('student is enrolled without a face', async () => {
  const admin = await openPage(browser);
  await signIn(admin, server.url, 'admin', accounts.admin);
  await checkStep(admin, 'overview');
  await admin.goto(`${server.url}/admin/students/new`);
  await hydrated(admin);
  await admin.fill('[data-test=student-form-name]', 'Nova Newcomer');
  await admin.fill('[data-test=student-form-email]', 'nova@example.org');
  await admin.selectOption('[data-test=student-form-department]', { label: 'EC · Electronics' });
  await admin.waitForSelector('[data-test=next-roll-no]');
  await checkStep(admin, 'no-models-new-student');
  await admin.click('[data-test=student-form-save]');
  await admin.waitForURL(/\/students\/\d+$/);
  await admin.waitForSelector('[data-test=no-photos]');
  await admin.waitForSelector('[data-test=toast]', { state: 'detached' });
  await checkStep(admin, 'no-models-student');
});

test('administrator makes an account with a one-time password', async () => {
  const admin = await openPage(browser);
  await signIn(admin, server.url, 'admin', accounts.admin);
  await admin.click('[data-test=nav-admin-users]');
  await admin.waitForSelector('[data-test=users-table]');
  await hydrated(admin);
  await admin.fill('[data-test=user-username]', 'grace2');
  await admin.fill('[data-test=user-email]', 'grace2@example.org');
  await admin.getByLabel('EC · Electronics').check();
  await admin.click('[data-test=user-save]');
  const password = await admin.textContent('[data-test=one-time-password]');
  await checkStep(admin, 'user-made');
  const teacher = await openPage(browser);
  await signIn(teacher, server.url, 'grace2', password);
  assert.equal(new URL(teacher.url()).pathname, '/today');
  await checkStep(teacher, 'today-empty');
});
