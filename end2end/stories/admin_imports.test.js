// An administrator brings students in from a spreadsheet and takes them back; no page of it needs a script.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, createUser, openBrowser, openPage, startServer, withoutModels,
} from '../support.js';

const password = 'Story-Pass-2026!';
const file = [
  'Student name;E-mail;Mobile No.;Branch;Roll No',
  'Ann Apple;ann@example.org;+44 20 7946 0123;BIO;',
  'Bob Birch;bob@example.org;;Biology;2019/0042',
  'Cem Cedar;ann@example.org;;BIO;',
  'Dora Daisy;dora@example.org;;CHEM;',
].join('\r\n');
let server;
let browser;
let page;

before(async () => {
  server = await startServer({
    env: withoutModels,
    prepare: (own) => createUser(own, { role: 'admin', username: 'ada', password }),
  });
  browser = await openBrowser();
  page = await openPage(browser, { javaScript: false });
  await page.goto(`${server.url}/login`);
  await page.fill('[data-test=username]', 'ada');
  await page.fill('[data-test=password]', password);
  await page.click('[data-test=sign-in]');
  await page.waitForURL('**/admin');
  await page.goto(`${server.url}/admin/departments`);
  await page.fill('[data-test=department-name]', 'Biology');
  await page.fill('[data-test=department-code]', 'BIO');
  await page.click('[data-test=department-save]');
  await page.waitForSelector('[data-test=department-row]');
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Waits on the page of a running import, which renews itself. */
const settled = (name) => page.waitForSelector(`[data-test=${name}]`, { timeout: 30_000 });

test('import page says what a file holds', async () => {
  await page.goto(`${server.url}/admin/import`);
  await page.click('[data-test=import-help] summary');
  assert.match(await page.textContent('[data-test=import-help]'), /Roll number/);
  await checkStep(page, 'import-empty');
  const [template] = await Promise.all([page.waitForEvent('download'), page.click('[data-test=import-template]')]);
  assert.match(readFileSync(await template.path(), 'utf8'), /Name,Email,Phone,Department,Roll number,Photo/);
});

test('file that is no table is refused on the page', async () => {
  const path = join(server.data, 'class.csv');
  writeFileSync(path, 'PK\x03\x04 a workbook');
  await page.setInputFiles('[data-test=import-csv]', path);
  await page.click('[data-test=import-upload]');
  assert.match(await page.textContent('[data-test=field-error]'), /CSV UTF-8/);
  await checkStep(page, 'import-refused');
});

test('columns are guessed and shown', async () => {
  const path = join(server.data, 'class.csv');
  writeFileSync(path, `\uFEFF${file}`);
  await page.setInputFiles('[data-test=import-csv]', path);
  await page.click('[data-test=import-upload]');
  await page.waitForURL(/\/admin\/import\/\d+$/);
  const chosen = await page.locator('[data-test=column-phone] option:checked').textContent();
  assert.equal(chosen, 'Mobile No.');
  assert.match(await page.textContent('[data-test=import-sample]'), /2019\/0042/);
  await checkStep(page, 'import-columns');
});

test('rehearsal names two problems and writes nothing', async () => {
  await page.click('[data-test=import-rehearse]');
  await settled('import-decision');
  assert.equal(await page.textContent('[data-test=figure-created] .figure-number'), '2');
  assert.equal(await page.textContent('[data-test=figure-problem] .figure-number'), '2');
  await checkStep(page, 'import-rehearsed');
  await page.click('[data-test=figure-problem]');
  await page.waitForURL(/verdict=problem/);
  const problems = await page.locator('[data-test=row-problem]').allTextContents();
  assert.deepEqual(problems, ['Email: Line 2 has the same address.', 'Department: There is no department CHEM.']);
  await checkStep(page, 'import-problems');
  const [taken] = await Promise.all([page.waitForEvent('download'), page.click('[data-test=import-problems]')]);
  assert.match(readFileSync(await taken.path(), 'utf8'), /Dora Daisy.*There is no department CHEM\./);
});

test('applied import creates the students', async () => {
  await page.click('[data-test=import-apply]');
  await settled('import-applied');
  assert.match(await page.textContent('[data-test=import-applied]'), /2 new, 0 changed/);
  await checkStep(page, 'import-applied');
  await page.goto(`${server.url}/admin/students?search=birch`);
  await page.waitForSelector('text=Bob Birch');
  await page.waitForSelector('text=2019/0042');
});

test('undo says what it does and takes the students back', async () => {
  await page.goto(`${server.url}/admin/import`);
  await checkStep(page, 'import-list');
  await page.click('[data-test=import-row] a');
  assert.match(await page.textContent('[data-test=import-undo-plan]'), /2 students are removed/);
  await page.click('[data-test=import-undo]');
  await page.click('[data-test=import-undo-sure]');
  await settled('import-undone');
  await checkStep(page, 'import-undone');
  await page.goto(`${server.url}/admin/students?search=birch`);
  await page.waitForSelector('[data-test=students-none-match], [data-test=students-empty]');
  assert.equal(await page.locator('text=Bob Birch').count(), 0);
});

test('import that is not wanted is discarded', async () => {
  await page.goto(`${server.url}/admin/import`);
  await page.setInputFiles('[data-test=import-csv]', join(server.data, 'class.csv'));
  await page.click('[data-test=import-upload]');
  await page.waitForURL(/\/admin\/import\/\d+$/);
  await page.click('[data-test=import-discard]');
  await page.click('[data-test=import-discard-sure]');
  await page.waitForURL(/done=discarded/);
  assert.match(await page.textContent('[data-test=done]'), /Nothing was written/);
  assertClean(page);
});
