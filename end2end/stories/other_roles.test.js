// Every role sees its own pages; the rest says why not, and leads on.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, expectProblem, hydrated, openBrowser, openPage, readAccounts, signIn, startServer, withoutModels,
} from '../support.js';

let server;
let browser;
let accounts;

before(async () => {
  server = await startServer({ env: withoutModels, prepare: (own) => own.command(['demo']) });
  accounts = readAccounts(server);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A page of this account's own; the console tells every answer that is not 2xx. */
async function pageOf(username) {
  const page = await openPage(browser);
  expectProblem(page, /console error: Failed to load resource: .* 40[34] /);
  if (username) await signIn(page, server.url, username, accounts[username]);
  return page;
}

/** Opens an address and expects the page about this status, on the wire and in words. */
async function expectTrouble(page, path, status, title) {
  const response = await page.goto(`${server.url}${path}`);
  assert.equal(response.status(), status, path);
  await hydrated(page);
  const trouble = page.locator('[data-test=trouble]');
  assert.equal(await trouble.getAttribute('data-status'), String(status), path);
  assert.equal(await trouble.locator('h1').textContent(), title, path);
}

test('student is kept out of pages of other roles', async () => {
  const page = await pageOf('student');
  assert.equal(new URL(page.url()).pathname, '/me');
  for (const path of ['/admin', '/admin/users', '/admin/students/new', '/today', '/sessions/1', '/students/1']) {
    await expectTrouble(page, path, 403, 'You may not see this');
  }
  await checkStep(page, 'forbidden');
  await page.click('[data-test=trouble] a');
  await page.waitForURL('**/me');
  assertClean(page);
});

test('student is refused by the server behind the pages too', async () => {
  const page = await pageOf('student');
  const ask = (path, fields) =>
    page.evaluate(
      async ([path, fields]) => {
        const response = await fetch(path, { method: 'POST', body: new URLSearchParams(fields) });
        return response.status;
      },
      [path, fields],
    );
  assert.equal(await ask('/fn/list_users', { 'filter[search]': '' }), 403);
  assert.equal(await ask('/fn/get_student', { id: '1' }), 403);
  assert.equal(await ask('/fn/get_session', { id: '1' }), 403);
  assert.equal(await ask('/fn/mark_rest', { session: '1', status: 'present' }), 403);
  assert.equal(await ask('/fn/my_attendance', {}), 200);
  assertClean(page);
});

test('teacher is kept out of the administration', async () => {
  const page = await pageOf('teacher');
  for (const path of ['/admin', '/admin/departments', '/me']) {
    await expectTrouble(page, path, 403, 'You may not see this');
  }
  assertClean(page);
});

test('unknown addresses and things lead back', async () => {
  const page = await pageOf('teacher');
  await expectTrouble(page, '/no/such/page', 404, 'There is nothing here');
  await checkStep(page, 'not-found');
  for (const path of ['/sessions/999999', '/sessions/abc', '/students/999999']) {
    await expectTrouble(page, path, 404, 'There is nothing here');
  }
  await page.click('[data-test=trouble] a');
  await page.waitForURL('**/today');
  assertClean(page);
});

test('signed out reader comes back to the page after signing in', async () => {
  const page = await pageOf();
  await page.goto(`${server.url}/sessions?status=completed`);
  await page.waitForURL(/\/login\?next=/);
  assert.equal(new URL(page.url()).searchParams.get('next'), '/sessions?status=completed');
  await hydrated(page);
  await page.fill('[data-test=username]', 'teacher');
  await page.fill('[data-test=password]', accounts.teacher);
  await page.click('[data-test=sign-in]');
  await page.waitForURL(`${server.url}/sessions?status=completed`);
  await hydrated(page);
  await page.waitForSelector('[data-test=sessions-list]');
  await checkStep(page, 'sessions');
});

test('signing in never leads to another site', async () => {
  const page = await pageOf();
  await page.goto(`${server.url}/login?next=//example.org/`);
  await hydrated(page);
  await page.fill('[data-test=username]', 'teacher');
  await page.fill('[data-test=password]', accounts.teacher);
  await page.click('[data-test=sign-in]');
  await page.waitForURL(`${server.url}/today`);
  assertClean(page);
});

test('signing out closes the door', async () => {
  const page = await pageOf('teacher');
  await page.click('[data-test=user-menu]');
  await checkStep(page, 'user-menu');
  await page.click('[data-test=sign-out]');
  await page.waitForURL('**/login**');
  await page.goto(`${server.url}/today`);
  await page.waitForURL(/\/login\?next=/);
  assertClean(page);
});
