// A whole register without a mouse: signing in, starting, photographing,
// reviewing, marking, saving and correcting by keys alone.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, faces, hydrated, openBrowser, openPage, readAccounts, readCounters, startServer, waitForRow,
} from '../support.js';

/** Longest look of an unoptimised server at one photo. */
const LOOK_MS = 120_000;
/** Most presses of Tab from one thing to another: the roster has 67 rows with several buttons each. */
const TABS_MAX = 600;
const photo = readFileSync(join(faces, 'groups/nasa/STS_106.jpg'));

let server;
let browser;
let accounts;
let page;

before(async () => {
  server = await startServer({ prepare: (own) => own.command(['demo']) });
  accounts = readAccounts(server);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Presses Tab (or Shift+Tab) until this has the focus, and asks that the focus can be seen there. */
async function tabTo(selector, key = 'Tab') {
  for (let presses = 0; presses < TABS_MAX; presses += 1) {
    const found = await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    if (found) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${selector} is not reached by ${key}`);
}

/** What has the focus. */
const focused = (attribute) => page.evaluate((name) => document.activeElement?.getAttribute(name), attribute);

/** The photo so small that the machine is not sure about everybody. */
async function smaller(scale) {
  const data = await page.evaluate(
    async ([bytes, factor]) => {
      const source = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))]));
      const canvas = new OffscreenCanvas(source.width * factor, source.height * factor);
      const context = canvas.getContext('2d');
      context.filter = 'blur(1px)';
      context.drawImage(source, 0, 0, canvas.width, canvas.height);
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.6 });
      let text = '';
      for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
      return btoa(text);
    },
    [photo.toString('base64'), scale],
  );
  return Buffer.from(data, 'base64');
}

test('teacher signs in and starts a session by keys alone', async () => {
  page = await openPage(browser);
  // Listening from the start: a listener that comes with the key press may come too late.
  page.on('filechooser', () => {});
  await page.goto(`${server.url}/login`);
  await hydrated(page);
  await tabTo('[data-test=username]');
  await page.keyboard.type('teacher');
  await tabTo('[data-test=password]');
  await page.keyboard.type(accounts.teacher);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/today');
  await hydrated(page);
  await tabTo('[data-test=session-department]');
  // The letters of an option choose it.
  await page.keyboard.type('AST');
  await tabTo('[data-test=session-subject]');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Keyboard Navigation');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/sessions\/\d+$/);
  await hydrated(page);
  await page.waitForSelector('[data-test=session]');
  assertClean(page);
});

test('photo is chosen by keys alone and leaves something to check', async () => {
  await tabTo('[data-test=photo-files]');
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Space');
  await (await chooser).setFiles({ name: 'class.jpg', mimeType: 'image/jpeg', buffer: await smaller(0.1) });
  await page.locator('[data-test=shot][data-state=done]').waitFor({ timeout: LOOK_MS });
  await checkStep(page, 'keyboard-photo');
});

test('review sheet is worked through by keys alone', async () => {
  const checks = () => page.locator('[data-test=check-card]').count();
  const open = await checks();
  assert.ok(open > 0, 'the small photo leaves a question');
  const { present } = await readCounters(page);
  await tabTo('[data-test=check-card]');
  await page.keyboard.press('1');
  await page.waitForFunction((left) => document.querySelectorAll('[data-test=check-card]').length < left, open);
  assert.equal((await readCounters(page)).present, present + 1);
  await page.keyboard.press('u');
  await page.waitForFunction((all) => document.querySelectorAll('[data-test=check-card]').length === all, open);
  await tabTo('[data-test=check-card]', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction((left) => document.querySelectorAll('[data-test=check-card]').length < left, open);
  const { unmarked } = await readCounters(page);
  await tabTo('[data-test=unseen-row]');
  const first = await focused('data-roll-no');
  await page.keyboard.press('ArrowDown');
  const second = await focused('data-roll-no');
  assert.notEqual(second, first);
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused('data-roll-no'), first);
  await page.keyboard.press('l');
  await page.locator(`[data-test=register-row][data-roll-no="${first}"][data-status=late]`).waitFor({ state: 'attached' });
  // The focus moves on, to the next student who was not seen.
  assert.equal(await focused('data-roll-no'), second);
  await page.keyboard.press('e');
  await page.locator(`[data-test=register-row][data-roll-no="${second}"][data-status=excused]`).waitFor({ state: 'attached' });
  assert.equal((await readCounters(page)).unmarked, unmarked - 2);
  await checkStep(page, 'keyboard-review');
});

test('register is searched, marked and saved by keys alone', async () => {
  // Past the many rows of the review by the link that stands before them.
  await tabTo('[data-test=skip-review]', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo('[data-test=register-search]');
  await page.keyboard.type('ochoa');
  await page.keyboard.press('ArrowDown');
  const name = await page.evaluate(() => document.activeElement.querySelector('.register-name strong')?.textContent);
  assert.equal(name, 'Ellen Ochoa');
  for (const [key, status] of [['p', 'present'], ['a', 'absent'], ['l', 'late']]) {
    await page.keyboard.press(key);
    await waitForRow(page, name, { status, madeBy: 'by you' });
  }
  await tabTo('[data-test=register-search]', 'Shift+Tab');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await tabTo('[data-test=mark-rest]', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo('[data-test=mark-rest-absent]');
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    () => document.querySelectorAll('[data-test=register-row][data-status=unmarked]').length === 0,
  );
  await tabTo('[data-test=save-register]');
  await page.keyboard.press('Enter');
  // Escape closes the question and stays on its button.
  await page.keyboard.press('Escape');
  assert.equal(await focused('data-test'), 'save-register');
  await page.keyboard.press('Enter');
  await tabTo('[data-test=save-register-sure]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-test=saved]');
  assertClean(page);
});

test('saved record is corrected and its history read by keys alone', async () => {
  await tabTo('[data-test=register-search]', 'Shift+Tab');
  await page.keyboard.type('ochoa');
  await page.keyboard.press('ArrowDown');
  await tabTo('[data-test=register-row] [data-test=correct]');
  await page.keyboard.press('Enter');
  await tabTo('[data-test=reason]');
  await page.keyboard.type('Came with a note');
  await tabTo('[data-test=correct-excused]');
  await page.keyboard.press('Enter');
  await waitForRow(page, 'Ellen Ochoa', { status: 'excused', madeBy: 'by you' });
  await tabTo('[data-test=session-history]', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-test=register-history]');
  assert.match(await page.locator('[data-test=history-line]').first().textContent(), /Ellen Ochoa/);
  assertClean(page);
});
