// A teacher reads a report, takes its numbers away, and prints a register.

import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, expectProblem, hydrated, openBrowser, openPage, readAccounts, signIn, startServer,
  withoutModels,
} from '../support.js';

let server;
let browser;
let page;

before(async () => {
  server = await startServer({ env: withoutModels, prepare: (own) => own.command(['demo']) });
  browser = await openBrowser();
  page = await openPage(browser);
  await signIn(page, server.url, 'teacher', readAccounts(server).teacher);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Follows a link that downloads, and returns the file as text. */
async function take(test) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-test=${test}]`)]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

test('teacher filters a report and reads the chart as a table', async () => {
  await page.goto(`${server.url}/reports`);
  await page.waitForSelector('[data-test=report-percentage]');
  await checkStep(page, 'reports');
  await page.selectOption('[data-test=report-department]', { label: 'CS · Computer Science' });
  await page.selectOption('[data-test=report-step]', { label: 'By week' });
  await page.click('[data-test=report-apply]');
  await page.waitForURL(/department=\d+.*step=week/);
  assert.match(await page.textContent('[data-test=report-percentage]'), /^\d+\.\d\d %$/);
  const arithmetic = await page.textContent('[data-test=report-arithmetic]');
  assert.match(arithmetic, /^\d+ of \d+ \(\d+ present, \d+ late\).*, in 12 saved sessions$/);
  const dots = await page.locator('[data-test=trend-line] .line-dot').count();
  const rows = await page.$$eval('[data-test=trend-table] tbody tr', (all) =>
    all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent.trim())),
  );
  assert.equal(dots, rows.length, 'a dot per row of the table');
  const sessions = rows.reduce((sum, cells) => sum + Number(cells[0]), 0);
  assert.equal(sessions, 12, 'the table adds up to the headline');
  assert.match(await page.getAttribute('[data-test=trend-line] svg', 'aria-label'), /Attended, by week\. \d+ values\./);
  assertClean(page);
});

test('teacher downloads the numbers that stand on the page', async () => {
  const [attended] = (await page.textContent('[data-test=report-arithmetic]')).split(' of ');
  const percentage = Number((await page.textContent('[data-test=report-percentage]')).replace(' %', ''));
  const { name, text } = await take('export-report-csv');
  assert.match(name, /^statistics-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const overall = text.split('\r\n').find((line) => / to \d{4}.*,12,/.test(line)).split(',');
  assert.equal(Number(overall[3]) + Number(overall[4]), Number(attended), 'present and late');
  assert.equal(Number(overall[8]), percentage);
  assert.match(text, /Computer Science/);
  const records = await take('export-records-csv');
  assert.match(records.text, /Roll no,Name,Status/);
  const xlsx = await take('export-report-xlsx');
  assert.match(xlsx.name, /\.xlsx$/);
});

test('teacher finds whom to talk to', async () => {
  await page.click('[data-test=tab-low]');
  await page.waitForURL(/\/reports\/students\?.*below=75/);
  await page.fill('[data-test=report-below]', '100');
  await page.click('[data-test=report-apply]');
  await page.waitForSelector('[data-test=student-line]');
  await checkStep(page, 'reports-low');
  await page.click('[data-test=student-line] [data-test=student-link] >> nth=0');
  await page.waitForURL(/\/students\/\d+$/);
  await page.goBack();
  await page.fill('[data-test=report-student]', 'nobody at all');
  await page.click('[data-test=report-apply]');
  await page.waitForSelector('[data-test=report-trouble]');
  await page.click('[data-test=tab-without-register]');
  await page.waitForSelector('[data-test=report-without-register]');
  await checkStep(page, 'reports-without-register');
  await page.goto(`${server.url}/reports?from=2020-01-01&to=2020-01-31`);
  await page.waitForSelector('[data-test=report-empty]');
  await checkStep(page, 'reports-empty');
});

test('teacher prints the register and takes it as a file', async () => {
  await page.goto(`${server.url}/sessions`);
  await hydrated(page);
  await page.click('[data-test=session-link] >> nth=0');
  await page.waitForSelector('[data-test=register-row]');
  const names = await page.$$eval('.register-name strong', (all) => all.map((name) => name.textContent));
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('[data-test=register-row]').last().isVisible(), 'the whole register is on paper');
  assert.equal(await page.locator('[data-test=export-register]').isVisible(), false, 'buttons are not');
  const path = join(server.data, 'register.pdf');
  await page.pdf({ path, format: 'A4' });
  assert.ok(statSync(path).size > 10_000, 'a page with letters');
  await page.emulateMedia({ media: 'screen' });
  const { text } = await take('export-register-csv');
  for (const name of names) assert.ok(text.includes(name), name);
  const pdf = await take('export-register-pdf');
  assert.match(pdf.name, /^register-.*\.pdf$/);
  assertClean(page);
});

test('nobody else gets the files', async () => {
  const other = await openPage(browser);
  expectProblem(other, /Failed to load resource: .* 403 /);
  await signIn(other, server.url, 'student', readAccounts(server).student);
  const answer = await other.goto(`${server.url}/exports/report`);
  assert.equal(answer.status(), 403);
  assertClean(other);
});
