// The network goes in the middle of a lesson: what the teacher does meanwhile
// waits on the device, is sent once when the network is back, and never undoes
// what somebody else decided since.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, expectProblem, faces, hydrated, openBrowser, openPage, readAccounts, readRegister, rowOf, signIn,
  startServer, startSession, waitForRow,
} from '../support.js';

/** Longest look of an unoptimised server at one photo. */
const LOOK_MS = 120_000;
const photo = join(faces, 'groups/nasa/Prime_and_backup_crew_for_ISS_Expedition_13.jpg');
const WAITS = 'by you, waits on this device';

let server;
let browser;
let accounts;
let page;
let session;
let names;

before(async () => {
  server = await startServer({ prepare: (own) => own.command(['demo']) });
  accounts = readAccounts(server);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The service worker has taken the page over and knows whose it is. */
async function guarded(on = page) {
  await on.waitForFunction(() => navigator.serviceWorker.controller);
  await on.locator('#waiting[data-ready]').waitFor({ state: 'attached' });
}

const banner = () => page.locator('#waiting').textContent();

/** What the console says about a server that is gone is the point of this story. */
function expectLostNetwork(on) {
  expectProblem(on, /net::ERR_|\b503\b/);
}

test('what is made without a connection waits on the device', async () => {
  page = await openPage(browser);
  await signIn(page, server.url, 'teacher', accounts.teacher);
  await startSession(page, server.url, { department: 'AST · Astronautics', subject: 'Orbital Mechanics' });
  session = page.url();
  await guarded();
  assert.equal(await banner(), '');
  names = (await readRegister(page)).map((row) => row.name);
  await server.pause();
  expectLostNetwork(page);

  await rowOf(page, names[0]).locator('[data-test=set-excused]').click();
  await waitForRow(page, names[0], { status: 'excused', madeBy: WAITS });
  await rowOf(page, names[1]).locator('[data-test=set-absent]').click();
  await waitForRow(page, names[1], { status: 'absent', madeBy: WAITS });
  await page.setInputFiles('[data-test=photo-files]', photo);
  await page.waitForSelector('[data-test=shot][data-state=kept]');
  assert.match(await page.textContent('[data-test=shot-kept]'), /waits on your device and is sent by itself/);
  await page.waitForFunction(() => /3 things wait on this device/.test(document.getElementById('waiting').textContent));
  await checkStep(page, 'offline-session');
});

test('page that cannot be loaded says so and what waits', async () => {
  await page.goto(`${server.url}/today`);
  await page.waitForSelector('[data-test=offline-page]');
  await page.waitForFunction(() => /3 things wait/.test(document.getElementById('waiting').textContent));
  await checkStep(page, 'offline-page');
});

test('everything arrives once when the connection is back', async () => {
  const before = server.log().length;
  await server.resume();
  await page.click('[data-test=offline-again]');
  await page.waitForSelector('[data-test=today]');
  await page.waitForFunction(() => document.querySelector('#waiting[data-ready]')?.textContent === '', null, { timeout: LOOK_MS });
  await page.goto(session);
  await hydrated(page);
  await waitForRow(page, names[0], { status: 'excused', madeBy: 'by you' });
  await waitForRow(page, names[1], { status: 'absent', madeBy: 'by you' });
  const byPhoto = (await readRegister(page)).filter((row) => row.madeBy === 'by photo');
  assert.equal(byPhoto.length, 6);
  assert.ok(byPhoto.every((row) => row.status === 'present'));
  const sent = server.log().slice(before).replace(/\u001b\[[0-9;]*m/g, '').split('\n');
  const count = (path) => sent.filter((line) => line.includes(`path=${path}`)).length;
  assert.deepEqual([count('/fn/set_record'), count('/fn/mark_photo')], [2, 1], 'once each');
  await checkStep(page, 'offline-sent');
});

test('mark that came too late is shown, with what stands instead', async () => {
  await guarded();
  await server.pause();
  await rowOf(page, names[2]).locator('[data-test=set-present]').click();
  await waitForRow(page, names[2], { status: 'present', madeBy: WAITS });
  await page.waitForFunction(() => /1 thing waits/.test(document.getElementById('waiting').textContent));
  // The teacher's phone is put away; a colleague decides otherwise.
  await page.goto('about:blank');
  await server.resume();
  const admin = await openPage(browser);
  await signIn(admin, server.url, 'admin', accounts.admin);
  await admin.goto(session);
  await hydrated(admin);
  await rowOf(admin, names[2]).locator('[data-test=set-excused]').click();
  await waitForRow(admin, names[2], { status: 'excused', madeBy: 'by you' });
  assertClean(admin);

  expectProblem(page, /\b409\b/);
  await page.goto(`${server.url}/waiting`);
  await page.waitForSelector('[data-test=waiting-refused]');
  assert.match(await page.textContent('[data-test=waiting-refused]'), new RegExp(`set ${names[2]} to excused at \\d\\d:\\d\\d; your mark “present”`));
  assert.match(await page.textContent('[data-test=waiting-refused]'), new RegExp(`${names[2]}: present · Orbital Mechanics`));
  assert.match(await banner(), /1 could not be sent/);
  await checkStep(page, 'offline-conflict');
});

test('who signs out is told of what stays, and nothing is thrown away unasked', async () => {
  const questions = [];
  page.on('dialog', async (dialog) => {
    questions.push(dialog.message());
    await (questions.length < 3 ? dialog.dismiss() : dialog.accept());
  });
  await page.click('[data-test=user-menu]');
  await page.click('[data-test=sign-out]');
  await page.click('[data-test=waiting-drop]');
  assert.equal(await page.locator('[data-test=waiting-refused]').count(), 1);
  await page.click('[data-test=waiting-drop]');
  await page.waitForSelector('[data-test=waiting-none]');
  assert.match(questions[0], /1 thing waits on this device and will be sent only after you sign in/);
  assert.match(questions[1], /Throw away/);
  assert.equal(await banner(), '');
  await checkStep(page, 'offline-nothing-waits');
});
