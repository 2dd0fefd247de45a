// An administrator changes a rule of the institution and finds the change in the audit log.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, openBrowser, openPage, readAccounts, signIn, startServer, withoutModels,
} from '../support.js';

let server;
let browser;
let page;

before(async () => {
  server = await startServer({ env: withoutModels, prepare: (own) => own.command(['demo']) });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test('overview shows the day and how the machine runs', async () => {
  page = await openPage(browser);
  await signIn(page, server.url, 'admin', readAccounts(server).admin);
  assert.equal(new URL(page.url()).pathname, '/admin');
  assert.equal(await page.locator('script[type=module]').count(), 0);
  assert.match(await page.textContent('[data-test=health]'), /SQLite/);
  assert.match(await page.textContent('[data-test=figure-students]'), /[1-9]/);
  await checkStep(page, 'admin-overview');
});

test('administrator changes the late rule and finds it in the audit log', async () => {
  await page.click('[data-test=nav-admin-settings]');
  await page.waitForSelector('[data-test=settings]');
  await checkStep(page, 'settings');

  await page.fill('[data-test=setting-late]', '999');
  await page.fill('[data-test=setting-institution]', 'North School');
  await page.click('[data-test=settings-save]');
  await page.waitForSelector('[data-test=field-error]');
  assert.match(await page.textContent('[data-test=field-error]'), /within 0 to 240/);
  assert.equal(await page.inputValue('[data-test=setting-institution]'), 'North School', 'what was typed stays');
  await checkStep(page, 'settings-refused');

  await page.fill('[data-test=setting-late]', '15');
  await page.click('[data-test=settings-save]');
  await page.waitForSelector('[data-test=done]');
  assert.equal(await page.inputValue('[data-test=setting-late]'), '15');
  assert.equal(await page.inputValue('[data-test=setting-institution]'), 'North School');

  await page.click('[data-test=tab-admin-audit]');
  await page.waitForSelector('[data-test=audit-table]');
  await page.selectOption('[data-test=audit-area]', { label: 'Settings' });
  await page.click('[data-test=audit-apply]');
  await page.waitForURL(/area=settings/);
  const told = await page.$$eval('[data-test=audit-sentence]', (list) => list.map((line) => line.textContent.trim()));
  assert.equal(told.length, 2);
  assert.ok(told.some((sentence) => /changed the setting “Late after”: 10 minutes → 15 minutes/.test(sentence)), told);
  await page.locator('[data-test=audit-line] summary').first().click();
  await checkStep(page, 'audit-log');

  await page.fill('[data-test=audit-search]', 'no such words');
  await page.click('[data-test=audit-apply]');
  await page.waitForSelector('[data-test=audit-empty]');
  await checkStep(page, 'audit-none');
  await page.click('[data-test=audit-clear]');
  await page.waitForSelector('[data-test=audit-table]');
  const [file] = await Promise.all([page.waitForEvent('download'), page.click('[data-test=audit-export]')]);
  assert.match(file.suggestedFilename(), /^audit-log.*\.csv$/);
  assertClean(page);
});

test('administrator reads what the models may be used for', async () => {
  await page.click('[data-test=tab-admin-models]');
  await page.waitForSelector('[data-test=pack]');
  assert.match(await page.textContent('[data-test=loaded-pack]'), /None/);
  const licences = await page.$$eval('[data-test=pack-licence]', (list) => list.map((chip) => chip.textContent.trim()));
  assert.ok(licences.includes('Non-commercial research only') && licences.includes('Everybody may use it'), licences);
  await page.locator('[data-test=pack-figures]').first().click();
  await checkStep(page, 'models');
});
