// An administrator makes a backup, takes it away, and it is put back on an empty server.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';

import {
  checkStep, openBrowser, openPage, readAccounts, root, signIn, startServer, withoutModels,
} from '../support.js';

const program = resolve(root, process.env.ROLLCALL_BIN ?? 'target/debug/rollcall');
let server;
let browser;
let folder;

before(async () => {
  server = await startServer({ env: withoutModels, prepare: (own) => own.command(['demo']) });
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), 'rollcall-backup-'));
});

after(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('administrator makes and downloads a backup', async () => {
  const page = await openPage(browser);
  await signIn(page, server.url, 'admin', readAccounts(server).admin);
  await page.goto(`${server.url}/admin/backup`);
  await page.waitForSelector('[data-test=no-backups]');
  await checkStep(page, 'backup-none');

  await page.click('[data-test=make-backup]');
  await page.waitForSelector('[data-test=done]');
  // The page renews itself while a backup is being made.
  await page.waitForSelector('[data-test=backup-row]');
  assert.match(await page.textContent('[data-test=backup-state]'), /Checked when made/);
  assert.match(await page.textContent('[data-test=no-keys]'), /never holds the server’s keys/);
  await checkStep(page, 'backup');

  await page.click('[data-test=backup-check]');
  await page.waitForURL(/done=checked/);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-test=backup-download]')]);
  const file = join(folder, 'backup.zip');
  await download.saveAs(file);

  // An empty server somewhere else gets the same class back.
  const data = join(folder, 'elsewhere');
  const env = { ...process.env, ...withoutModels, ROLLCALL_DATA: data, DATABASE_URL: `sqlite://${join(data, 'rollcall.db')}` };
  const restored = spawnSync(program, ['restore', file], { cwd: root, env, encoding: 'utf8' });
  assert.equal(restored.status, 0, restored.stderr);
  assert.match(restored.stdout, /Restored \d+ rows and 0 photos/);
  const again = spawnSync(program, ['restore', file], { cwd: root, env, encoding: 'utf8' });
  assert.notEqual(again.status, 0);
  assert.match(again.stderr, /--force/);

  await page.click('[data-test=backup-delete]');
  await checkStep(page, 'backup-delete');
  await page.click('[data-test=backup-delete-sure]');
  await page.waitForSelector('[data-test=no-backups]');
  await page.goto(`${server.url}/admin/audit?area=backup`);
  const told = await page.$$eval('[data-test=audit-line]', (list) => list.map((line) => line.dataset.action));
  assert.deepEqual(told, ['backup.delete', 'backup.download', 'backup.make']);
});
