// The README's picture of a register: a class without faces, so that no
// photograph of a person is in it. `target/screens/register.png` is copied to
// `docs/images/register.png` by hand when the page has changed.

import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';

import {
  assertClean, openBrowser, openPage, readAccounts, root, rowOf, signIn, startServer, startSession, waitForRow,
} from '../support.js';

const picture = join(root, 'target/screens/register.png');
/** Largest file that goes into the repository. */
const PICTURE_BYTES_MAX = 300_000;

let server;
let browser;

before(async () => {
  server = await startServer({ prepare: (own) => own.command(['demo', '--faces', '/nowhere/faces']) });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test('register of a class is pictured', async () => {
  const page = await openPage(browser, { size: { width: 1280, height: 1000 } });
  await signIn(page, server.url, 'teacher', readAccounts(server).teacher);
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
  mkdirSync(dirname(picture), { recursive: true });
  await page.screenshot({ path: picture });
  assert.equal(await page.locator('.register img').count(), 0, 'a photograph is in the picture');
  assert.ok(statSync(picture).size <= PICTURE_BYTES_MAX);
  assertClean(page);
});
