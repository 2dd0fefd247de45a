// What has happened to a register, told in sentences; its sheet of paper; and
// a student's attendance, up to being erased.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, hydrated, openBrowser, openPage, readAccounts, rowOf, signIn, startServer, startSession,
  waitForRow, withoutModels,
} from '../support.js';

let server;
let browser;
let accounts;
let page;
/** Address of the session. */
let session;
/** The first two names on the roster. */
let names;

before(async () => {
  server = await startServer({ env: withoutModels, prepare: (own) => own.command(['demo']) });
  accounts = readAccounts(server);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test('teacher saves a register and corrects it', async () => {
  page = await openPage(browser);
  await signIn(page, server.url, 'teacher', accounts.teacher);
  await page.goto(`${server.url}/today`);
  await hydrated(page);
  const department = await page.locator('[data-test=session-department] option').last().textContent();
  await startSession(page, server.url, { department, subject: 'Celestial Mechanics' });
  session = page.url();
  await hydrated(page);
  const rows = page.locator('[data-test=register-row] .register-name strong');
  names = [await rows.nth(0).textContent(), await rows.nth(1).textContent()];
  await rowOf(page, names[0]).locator('[data-test=set-present]').click();
  await waitForRow(page, names[0], { status: 'present' });
  await page.click('[data-test=save-register]');
  await page.click('[data-test=save-register-sure]');
  await page.waitForSelector('[data-test=saved]');
  const row = rowOf(page, names[1]);
  await row.locator('[data-test=correct]').click();
  await row.locator('[data-test=reason]').fill('Showed a medical note');
  await row.locator('[data-test=correct-excused]').click();
  await waitForRow(page, names[1], { status: 'excused' });
  assertClean(page);
});

test('teacher reads the history after a correction', async () => {
  await page.click('[data-test=session-history]');
  await page.waitForSelector('[data-test=register-history]');
  const first = page.locator('[data-test=history-line]').first();
  const text = await first.textContent();
  assert.ok(text.includes(names[1]), text);
  assert.match(text, /absent.*excused/s);
  assert.match(await first.locator('[data-test=history-reason]').textContent(), /Showed a medical note/);
  assert.equal(
    await first.locator('[data-test=history-mark] [data-test=status]').first().getAttribute('data-status'),
    'absent',
  );
  const all = await page.locator('[data-test=history-line]').count();
  assert.ok(all >= 4, `started, marked, saved, corrected: ${all}`);
  await checkStep(page, 'register-history');
  await page.click('[data-test=history-corrections]');
  await page.waitForURL(/only=corrections/);
  assert.equal(await page.locator('[data-test=history-line]').count(), 1);
  assertClean(page);
});

test('register is drawn as a sheet of paper', async () => {
  await page.goto(session);
  await hydrated(page);
  await page.click('[data-test=session-print]');
  await page.waitForSelector('[data-test=register-sheet]');
  const rows = await page.locator('[data-test=sheet-row]').count();
  const sum = await page.textContent('[data-test=sheet-sum]');
  const numbers = sum.match(/\d+/g).map(Number);
  assert.equal(numbers.slice(0, 5).reduce((a, b) => a + b), numbers[5]);
  assert.equal(numbers[5], rows);
  await checkStep(page, 'register-sheet');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.isVisible('.topbar'), false);
  // Paper is as narrow as a phone. What stands below the sheet, be it only room, ends up on a blank page.
  const before = page.viewportSize();
  await page.setViewportSize({ width: 688, height: 1000 });
  const below = await page.evaluate(
    () => document.documentElement.scrollHeight - scrollY - document.querySelector('.sheet').getBoundingClientRect().bottom,
  );
  assert.ok(below < 2, `${below} px below the sheet`);
  await page.setViewportSize(before);
  await page.emulateMedia({ media: 'screen' });
});

test('teacher reads the attendance of a student', async () => {
  await page.goto(`${server.url}/search?q=${encodeURIComponent(names[0])}`);
  await page.locator('[data-test=found-student]').first().click();
  await page.waitForURL(/\/students\/\d+$/);
  await hydrated(page);
  await page.click('[data-test=student-history-link]');
  await page.waitForSelector('[data-test=student-history]');
  const [, attended, counted] = /^(\d+) attended.* of (\d+) counted/.exec(
    await page.textContent('[data-test=share-arithmetic]'),
  );
  const percentage = ((100 * Number(attended)) / Number(counted)).toFixed(2);
  assert.equal(await page.textContent('[data-test=share-number]'), `${percentage} %`);
  assert.match(await page.locator('[data-test=student-record]').first().textContent(), /Celestial Mechanics/);
  assert.equal(await page.locator('[data-test=ending]').count(), 0);
  await checkStep(page, 'student-history');
});

test('administrator is told what erasing takes away, and erases', async () => {
  const path = new URL(page.url()).pathname;
  const admin = await openPage(browser);
  await signIn(admin, server.url, 'admin', accounts.admin);
  await admin.goto(`${server.url}${path}`);
  await admin.click('[data-test=switch-student-go]');
  await admin.waitForURL(/done=deactivated/);
  await admin.waitForSelector('[data-test=done]');
  await admin.click('[data-test=erase-open]');
  assert.match(await admin.textContent('[data-test=erase-losses]'), /records stay in the counts/);
  await admin.fill('[data-test=erase-confirmed]', 'something else');
  await admin.click('[data-test=erase-go]');
  await admin.waitForSelector('[data-test=field-error]');
  await checkStep(admin, 'student-erase');
  const label = await admin.textContent('[data-test=erase] label');
  await admin.fill('[data-test=erase-confirmed]', /Type (\S+)/.exec(label)[1]);
  await admin.click('[data-test=erase-go]');
  await admin.waitForURL(/done=erased/);
  await admin.waitForSelector('[data-test=erasure-places]');
  const done = Object.fromEntries(
    await admin.$$eval('[data-test=erasure-place]', (rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent))),
  );
  assert.equal(done.Student, '1 row kept without what told who it was');
  assert.equal(done['Log of the database'], 'written anew');
  await checkStep(admin, 'erasure-receipt');
  await admin.click('[data-test=erasure-row]');
  await admin.waitForSelector('[data-test=student-name]');
  assert.equal(await admin.textContent('[data-test=student-name]'), 'Erased student');
  await checkStep(admin, 'student-erased');
  await admin.context().close();
});
