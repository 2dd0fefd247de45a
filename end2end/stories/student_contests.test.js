// A student says "I was there"; the teacher looks, corrects the record and answers.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, hydrated, openBrowser, openPage, readAccounts, signIn, startServer, startSession, withoutModels,
} from '../support.js';

const subject = 'Reentry';
const note = 'I sat in the last row, beside the window.';

let server;
let browser;
let accounts;
let teacher;
let student;

before(async () => {
  server = await startServer({ env: withoutModels, prepare: (own) => own.command(['demo']) });
  accounts = readAccounts(server);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Signs the student in; their own pages load no scripts, so nothing wakes up there. */
async function signInAsStudent(page) {
  await page.goto(`${server.url}/login`);
  await hydrated(page);
  await page.fill('[data-test=username]', 'student');
  await page.fill('[data-test=password]', accounts.student);
  await Promise.all([page.waitForURL('**/me'), page.click('[data-test=sign-in]')]);
}

const latest = () => student.locator('[data-test=my-session]', { hasText: subject });

test('teacher saves a register in which the student is absent', async () => {
  teacher = await openPage(browser);
  await signIn(teacher, server.url, 'teacher', accounts.teacher);
  await startSession(teacher, server.url, { department: 'AST · Astronautics', subject });
  await teacher.click('[data-test=save-register]');
  await teacher.click('[data-test=save-register-sure]');
  await teacher.waitForSelector('[data-test=saved]');
  assertClean(teacher);
});

test('student sees the percentage, what it means, and each session', async () => {
  student = await openPage(browser);
  await signInAsStudent(student);
  assert.match(await student.textContent('[data-test=my-percentage]'), /^\d+\.\d\d %$/);
  assert.match(await student.textContent('[data-test=my-forecast]'), /75 %/);
  await student.waitForSelector('[data-test=my-calendar]');
  assert.ok((await student.locator('[data-test=my-subject]').count()) >= 4);
  assert.equal(await latest().locator('[data-test=status]').getAttribute('data-status'), 'absent');
  await checkStep(student, 'my-attendance');
  await student.selectOption('[data-test=my-filter-subject]', subject);
  await Promise.all([student.waitForURL(/subject=Reentry/), student.click('[data-test=my-filter-apply]')]);
  assert.equal(await student.locator('[data-test=my-session]').count(), 1);
});

test('student writes that they were there', async () => {
  await Promise.all([student.waitForURL(/\/me\/record\?id=/), latest().locator('[data-test=i-was-there]').click()]);
  await student.fill('[data-test=contest-note]', note);
  await checkStep(student, 'i-was-there');
  await Promise.all([student.waitForURL('**/me?done=contested'), student.click('[data-test=contest-send]')]);
  await student.waitForSelector('[data-test=done]');
  assert.match(await latest().locator('[data-test=contest-state]').textContent(), /Waiting/);
  assert.equal(await latest().locator('[data-test=i-was-there]').count(), 0);
});

test('teacher finds the objection and accepts it', async () => {
  await teacher.goto(`${server.url}/today`);
  await hydrated(teacher);
  assert.match(await teacher.textContent('[data-test=open-contests]'), /1 objection waits/);
  await Promise.all([teacher.waitForURL('**/contests'), teacher.click('[data-test=open-contests]')]);
  const contest = teacher.locator('[data-test=contest]');
  assert.equal(await contest.locator('[data-test=contest-said]').textContent(), note);
  await contest.locator('[data-test=contest-history]').click();
  await checkStep(teacher, 'contests');
  await contest.locator('[data-test=contest-status]').selectOption('late');
  await contest.locator('[data-test=contest-accept-answer]').fill('Right, you came at ten past.');
  await Promise.all([
    teacher.waitForURL('**/contests?done=accepted'),
    contest.locator('[data-test=contest-accept]').click(),
  ]);
  await teacher.waitForSelector('[data-test=contests-empty]');
  await checkStep(teacher, 'contests-none');
});

test('student sees the outcome', async () => {
  await student.goto(`${server.url}/me`);
  assert.equal(await latest().locator('[data-test=status]').getAttribute('data-status'), 'late');
  assert.match(await latest().locator('[data-test=contest-state]').textContent(), /Accepted/);
  assert.match(await latest().locator('[data-test=contest-answer]').textContent(), /ten past/);
  await checkStep(student, 'my-attendance-accepted');
});
