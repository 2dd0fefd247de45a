// Finding things from anywhere: a student by roll number, by part of a name,
// a session by its day; and what a teacher still owes.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, hydrated, openBrowser, openPage, readAccounts, signIn, sizes, startServer, withoutModels,
} from '../support.js';

let server;
let browser;
let accounts;
let page;
/** Name, roll number and address of one student of the demo. */
let somebody;

before(async () => {
  server = await startServer({ env: withoutModels, prepare: (own) => own.command(['demo']) });
  accounts = readAccounts(server);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Types into the box of the top bar and sends it. */
async function search(text) {
  await page.fill('[data-test=search-box]', text);
  await page.press('[data-test=search-box]', 'Enter');
}

test('teacher finds a student from anywhere by roll number', async () => {
  page = await openPage(browser);
  await signIn(page, server.url, 'teacher', accounts.teacher);
  await page.goto(`${server.url}/students`);
  await hydrated(page);
  const row = page.locator('[data-test=student-row]').nth(2);
  const link = row.locator('[data-test=student-link]');
  somebody = {
    name: await link.textContent(),
    rollNo: await row.getAttribute('data-roll-no'),
    path: await link.getAttribute('href'),
  };
  await page.goto(`${server.url}/today`);
  await hydrated(page);
  await search(somebody.rollNo.toLowerCase());
  await page.waitForURL(`${server.url}${somebody.path}`);
  assert.equal(await page.textContent('[data-test=student-name]'), somebody.name);
  assertClean(page);
});

test('part of a name finds students, and its letters stand out', async () => {
  const [first] = somebody.name.split(' ');
  await search(first.slice(0, 4));
  await page.waitForSelector('[data-test=search]');
  const found = page.locator(`[data-test=found-student][data-roll-no="${somebody.rollNo}"]`);
  assert.equal((await found.locator('mark').first().textContent()).toLowerCase(), first.slice(0, 4).toLowerCase());
  await checkStep(page, 'search-found');
  await found.click();
  await page.waitForURL(`${server.url}${somebody.path}`);
});

test('roll numbers in common lead to the whole list', async () => {
  await search(somebody.rollNo.slice(0, -3));
  await page.waitForSelector('[data-test=found-students]');
  assert.equal(await page.locator('[data-test=found-student]').count(), 5);
  await page.click('[data-test=found-students-all]');
  await page.waitForURL(/\/students\?search=/);
  await page.waitForSelector('[data-test=student-row]');
});

test('search on a phone has its own page, which helps when nothing is found', async () => {
  await page.setViewportSize(sizes.phone);
  await page.goto(`${server.url}/today`);
  await hydrated(page);
  assert.equal(await page.isVisible('[data-test=search-box]'), false);
  await page.click('[data-test=search-link]');
  await page.waitForSelector('[data-test=search-hint]');
  await checkStep(page, 'search');
  await page.fill('[data-test=search-text]', 'nobody of this name');
  await page.click('[data-test=search-go]');
  await page.waitForSelector('[data-test=search-nothing]');
  assert.equal(await page.inputValue('[data-test=search-text]'), 'nobody of this name');
  await checkStep(page, 'search-nothing');
});

test('a day finds its sessions', async () => {
  await page.setViewportSize(sizes.desktop);
  await page.goto(`${server.url}/sessions`);
  await hydrated(page);
  await page.waitForSelector('[data-test=session-link]');
  const day = await page.textContent('[data-test=session-link] .session-day');
  // "Mon 3 Nov" is found as "3 Nov".
  await search(day.trim().replace(/^\w+ /, ''));
  await page.waitForSelector('[data-test=found-sessions]');
  await page.locator('[data-test=found-session]').first().click();
  await page.waitForURL(/\/sessions\/\d+$/);
});

test('administrator finds users and departments too', async () => {
  const admin = await openPage(browser);
  await signIn(admin, server.url, 'admin', accounts.admin);
  await admin.goto(`${server.url}/search?q=teacher`);
  await admin.waitForSelector('[data-test=found-user]');
  await checkStep(admin, 'search-admin');
  await admin.goto(`${server.url}/search?q=AST`);
  await admin.locator('[data-test=found-department]').first().click();
  await admin.waitForURL(/\/students\?department=\d+$/);
  assertClean(admin);
  await admin.context().close();
});

test('student sees attendance of their own and no search', async () => {
  const student = await openPage(browser);
  await signIn(student, server.url, 'student', accounts.student);
  assert.equal(await student.locator('[data-test=search-box]').count(), 0);
  assertClean(student);
  await student.context().close();
});
