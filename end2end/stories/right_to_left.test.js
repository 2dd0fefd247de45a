// A teacher reads Arabic: lines run from the right on every page, and the choice is kept with the account.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, hydrated, openBrowser, openPage, readAccounts, readCounters, rowOf, signIn, startServer,
  waitForRow, withoutModels,
} from '../support.js';

const arabic = /[\u0600-\u06ff]/;
let server;
let browser;
let accounts;
let page;

before(async () => {
  server = await startServer({ env: withoutModels, prepare: (own) => own.command(['demo']) });
  accounts = readAccounts(server);
  browser = await openBrowser();
  page = await openPage(browser);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Waits until the page is there in this language, drawn in its direction. */
async function speaks(lang, dir, reader = page) {
  await reader.waitForSelector(`html[lang=${lang}][dir=${dir}]`);
  await hydrated(reader);
}

/** Goes to a page and looks at it in every way. */
async function look(path, ready, name) {
  await page.goto(server.url + path);
  await speaks('ar', 'rtl');
  await page.waitForSelector(ready);
  assert.match(await page.textContent('h1'), arabic);
  await checkStep(page, `arabic-${name}`);
}

async function choose(lang) {
  await page.click('[data-test=user-menu]');
  await page.click(`[data-test=language-${lang}]`);
}

test('teacher chooses Arabic in the menu', async () => {
  await signIn(page, server.url, 'teacher', accounts.teacher);
  await speaks('en', 'ltr');
  await choose('ar');
  await speaks('ar', 'rtl');
  assert.equal(new URL(page.url()).pathname, '/today', 'the page before');
  assert.match(await page.textContent('h1'), arabic);
  assert.match(await page.textContent('[data-test=nav-students]'), arabic);
  await checkStep(page, 'arabic-today');
  await page.click('[data-test=user-menu]');
  assert.equal(await page.getAttribute('[data-test=language-ar]', 'aria-current'), 'true');
  const turned = await page.$eval('[data-test=sign-out] .icon', (icon) => getComputedStyle(icon).transform);
  assert.match(turned, /^matrix\(-1/, 'icons that point are turned');
  await checkStep(page, 'arabic-menu');
});

test('session is started and its register marked by hand', async () => {
  await page.goto(`${server.url}/today`);
  await speaks('ar', 'rtl');
  const department = page.locator('[data-test=session-department] option', { hasText: 'Computer Science' });
  await page.selectOption('[data-test=session-department]', await department.getAttribute('value'));
  await page.fill('[data-test=session-subject]', 'Compilers');
  await page.click('[data-test=start-session]');
  await page.waitForURL(/\/sessions\/\d+$/);
  await page.waitForSelector('[data-test=register-row]');
  assert.equal(await page.getAttribute('html', 'dir'), 'rtl');
  await rowOf(page, 'Amara Okafor').locator('[data-test=set-present]').click();
  await waitForRow(page, 'Amara Okafor', { status: 'present' });
  await rowOf(page, 'Benjamin Weiss').locator('[data-test=set-late]').click();
  await waitForRow(page, 'Benjamin Weiss', { status: 'late' });
  assert.match(await rowOf(page, 'Amara Okafor').locator('[data-test=set-present]').textContent(), arabic);
  await checkStep(page, 'arabic-register');
});

test('register is saved, and the words stay Arabic', async () => {
  await page.click('[data-test=mark-rest]');
  await page.click('[data-test=mark-rest-absent]');
  await page.waitForFunction(() => !document.querySelector('[data-test=register-row][data-status=unmarked]'));
  await page.click('[data-test=save-register]');
  await page.click('[data-test=save-register-sure]');
  await page.waitForSelector('[data-test=saved]');
  const { present, late, absent, unmarked } = await readCounters(page);
  assert.deepEqual({ present, late, absent, unmarked }, { present: 1, late: 1, absent: 18, unmarked: 0 });
  assert.match(await page.textContent('[data-test=saved]'), arabic);
  await page.waitForSelector('[data-test=toast]', { state: 'detached' });
  await checkStep(page, 'arabic-saved');
});

test('lists, reports and the own account run from the right', async () => {
  await look('/sessions', '[data-test=sessions-list]', 'sessions');
  await look('/students', '[data-test=students-table]', 'students');
  await look('/reports', '[data-test=report-percentage]', 'reports');
  await look('/profile', 'main form', 'profile');
  await page.goto(`${server.url}/reports`);
  const time = await page.$eval('.line-chart', (chart) => getComputedStyle(chart).direction);
  assert.equal(time, 'ltr', 'time runs from the left');
});

test('choice is kept with the account', async () => {
  await page.click('[data-test=user-menu]');
  await page.click('[data-test=sign-out]');
  await page.waitForURL('**/login**');
  await speaks('ar', 'rtl');
  await checkStep(page, 'arabic-login');
  // Another device knows nothing of the choice.
  await page.context().clearCookies();
  await page.goto(`${server.url}/login`);
  await speaks('en', 'ltr');
  await signIn(page, server.url, 'teacher', accounts.teacher);
  await speaks('ar', 'rtl');
  assert.match(await page.textContent('h1'), arabic);
});

test('teacher goes back to English', async () => {
  await choose('en');
  await speaks('en', 'ltr');
  assert.equal(await page.textContent('h1'), 'Today');
  await page.reload();
  await speaks('en', 'ltr');
  assertClean(page);
});

test('language is chosen before signing in and without scripts', async () => {
  const reader = await openPage(browser, { javaScript: false });
  await reader.goto(`${server.url}/login?next=%2Fstudents`);
  await reader.click('[data-test=foot-language-ar]');
  await reader.waitForSelector('html[lang=ar][dir=rtl]');
  assert.equal(reader.url(), `${server.url}/login?next=%2Fstudents`);
  assert.match(await reader.textContent('h1'), arabic);
  await checkStep(reader, 'arabic-login-no-scripts');
});
