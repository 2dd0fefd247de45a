// The README's pictures: a school without faces, so that no photograph of a
// person is in them. What lies in `target/screens/readme` is copied to
// `docs/images` by hand when a page has changed.

import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import {
  assertClean, openBrowser, openPage, readAccounts, root, rowOf, signIn, startServer, startSession, waitForRow,
} from '../support.js';

const folder = join(root, 'target/screens/readme');
const phone = { width: 390, height: 760 };
/** Largest file that goes into the repository. */
const PICTURE_BYTES_MAX = 300_000;

let server;
let browser;
let accounts;

before(async () => {
  server = await startServer({ prepare: (own) => own.command(['demo', '--faces', '/nowhere/faces']) });
  accounts = readAccounts(server);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** One picture of what is seen without scrolling. */
async function take(page, name) {
  const picture = join(folder, `${name}.png`);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: picture });
  assert.equal(await page.locator('main img').count(), 0, 'a photograph is in the picture');
  assert.ok(statSync(picture).size <= PICTURE_BYTES_MAX);
}

test('register of a class is pictured', async () => {
  const page = await openPage(browser, { size: { width: 1280, height: 1000 } });
  await signIn(page, server.url, 'teacher', accounts.teacher);
  await startSession(page, server.url, { department: 'CS · Computer Science', subject: 'Distributed Systems' });
  const marks = {
    'Amara Okafor': 'p', 'Benjamin Weiss': 'p', 'Daniel Novak': 'l', 'Elif Kaya': 'p', 'Greta Lindqvist': 'a', 'Hiro Tanaka': 'p',
    'Jakub Zielinski': 'e', 'Kavya Nair': 'p', 'Mei Chen': 'p', 'Nadia Haddad': 'p', 'Priya Sharma': 'p',
  };
  const words = { p: 'present', l: 'late', a: 'absent', e: 'excused' };
  for (const [name, key] of Object.entries(marks)) {
    await rowOf(page, name).focus();
    await page.keyboard.press(key);
    await waitForRow(page, name, { status: words[key], madeBy: 'by you' });
  }
  await page.locator('[data-test=register-row]:focus').evaluate((row) => row.blur());
  await page.evaluate(() => {
    scrollTo(0, 0);
    document.querySelector('.register-rows').scrollTop = 0;
  });
  await take(page, 'register');
  assertClean(page);
});

test('report of a month is pictured', async () => {
  const page = await openPage(browser, { size: { width: 1280, height: 760 } });
  await signIn(page, server.url, 'teacher', accounts.teacher);
  await page.goto(`${server.url}/reports`);
  await page.waitForSelector('[data-test=trend-line]');
  await take(page, 'report');
  assertClean(page);
});

test('attendance of a student is pictured on a phone, bright and dark', async () => {
  const page = await openPage(browser, { size: phone });
  await signIn(page, server.url, 'student', accounts.student);
  await page.waitForSelector('[data-test=my-sessions]');
  await take(page, 'attendance');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('[data-test=my-calendar]').scrollIntoViewIfNeeded();
  await take(page, 'attendance-dark');
  assertClean(page);
});
