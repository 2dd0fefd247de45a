// An administrator takes away more records than anybody waits for: the file is
// made in the background, and its page says how far it is.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, expectProblem, openBrowser, openPage, readAccounts, signIn, startServer,
} from '../support.js';

const STUDENTS = 600;
const DAYS = 20;
/** A large file on two busy cores. */
const READY_MS = 60_000;

let server;
let browser;

before(async () => {
  const crowd = ['demo', '--crowd', String(STUDENTS), '--crowd-days', String(DAYS)];
  server = await startServer({ prepare: (own) => own.command(crowd) });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const format of ['csv', 'xlsx']) {
  test(`long ${format} file is waited for on a page of its own`, async () => {
    const page = await openPage(browser);
    await signIn(page, server.url, 'admin', readAccounts(server).admin);
    await page.goto(`${server.url}/sessions?department=&status=completed`);
    await page.click(`[data-test=export-records-${format}]`);
    await page.waitForURL('**/exports/*');
    await page.waitForSelector('[data-test=export-making], [data-test=export-ready]');
    // The page asks for itself again until the file is there.
    await page.waitForSelector('[data-test=export-ready]', { timeout: READY_MS });
    await checkStep(page, `export-ready-${format}`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-test=export-download]')]);
    assert.match(download.suggestedFilename(), new RegExp(`^records.*\\.${format}$`));
    const file = readFileSync(await download.path());
    if (format === 'csv') {
      const lines = file.toString('utf8').split('\r\n').filter((line) => line.includes('Crowd') || /^\d{4}-/.test(line));
      assert.ok(lines.length >= STUDENTS * DAYS, `${lines.length} records`);
    } else {
      assert.equal(file.subarray(0, 2).toString(), 'PK');
    }
    assertClean(page);
  });
}

test('long file of somebody else is not there', async () => {
  const page = await openPage(browser);
  await signIn(page, server.url, 'admin', readAccounts(server).admin);
  await page.goto(`${server.url}/sessions?status=completed`);
  await page.click('[data-test=export-records-csv]');
  await page.waitForURL('**/exports/*');
  const address = page.url();
  const other = await openPage(browser);
  expectProblem(other, /console error: Failed to load resource: .* 404 /);
  await signIn(other, server.url, 'teacher', readAccounts(server).teacher);
  await other.goto(address);
  await other.waitForSelector('[data-test=export-gone]');
  await checkStep(other, 'export-gone');
  assertClean(other);
});
