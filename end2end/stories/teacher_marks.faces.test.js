// The product's heart: a teacher photographs the class, the register fills
// itself, a person has the last word, and the student sees the result.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, faces, film, hydrated, openBrowser, openPage, readAccounts, readCounters, readRegister, rowOf,
  signIn, startServer, startSession, waitForRow,
} from '../support.js';

/** Longest look of an unoptimised server at one photo, those before it included. */
const LOOK_MS = 120_000;
const group = join(faces, 'groups/nasa');
const labels = JSON.parse(readFileSync(join(group, 'labels.json'), 'utf8')).images;
const SIX = 'Prime_and_backup_crew_for_ISS_Expedition_13.jpg';

/** `michael_lopez-alegria` is Michael Lopez-Alegria. */
const nameOf = (folder) => folder.replaceAll('_', ' ').replace(/(^|[^a-z])([a-z])/g, (_, gap, letter) => gap + letter.toUpperCase());
const namesOn = (image) => labels.find((entry) => entry.image === image).faces.map((face) => nameOf(face.name)).sort();
const everybody = [...new Set(labels.flatMap((entry) => entry.faces.map((face) => nameOf(face.name))))].sort();

let server;
let browser;
let accounts;
let page;
/** The same register on a second device. */
let second;

before(async () => {
  server = await startServer({ prepare: (own) => own.command(['demo']) });
  accounts = readAccounts(server);
  browser = await openBrowser({ video: film('nasa_exp13_six_people') });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Names marked by photo, sorted. */
async function markedByPhoto(on = page) {
  const rows = await readRegister(on);
  return rows.filter((row) => row.madeBy === 'by photo').map((row) => row.name).sort();
}

/** Uploads a photo and waits for its result; returns the names drawn over it. */
async function upload(image) {
  await page.setInputFiles('[data-test=photo-files]', join(group, image));
  const shot = page.locator('[data-test=shot][data-state=done]');
  await page.locator('[data-test=shot]:not([data-state=done])').or(shot).first().waitFor();
  await shot.waitFor({ timeout: LOOK_MS });
  return readNames();
}

/** Names drawn over the photo that is looked at, without their numbers. */
async function readNames() {
  const words = await page.locator('[data-test=shot] .face-label-certain').allTextContents();
  return words.map((text) => text.replace(/^\d+ /, '')).sort();
}

test('teacher starts a session', async () => {
  page = await openPage(browser);
  await signIn(page, server.url, 'teacher', accounts.teacher);
  await page.waitForSelector('[data-test=today]');
  await checkStep(page, 'today');
  await startSession(page, server.url, { department: 'AST · Astronautics', subject: 'Rendezvous and Docking' });
  const counters = await readCounters(page);
  assert.deepEqual([counters.total, counters.unmarked], [67, 67]);
  await page.waitForSelector('[data-test=live-state][data-state=live]');
  await checkStep(page, 'session-started');
});

test('live mode marks people, here and on a second device', async () => {
  second = await openPage(browser);
  await signIn(second, server.url, 'teacher', accounts.teacher);
  await second.goto(page.url());
  await hydrated(second);
  await second.waitForSelector('[data-test=live-state][data-state=live]');

  await page.click('[data-test=camera-start]');
  await page.waitForSelector('[data-test=camera][data-state=on]');
  await page.click('[data-test=live-toggle]');
  const six = namesOn(SIX);
  const marked = (wanted) =>
    document.querySelectorAll('[data-test=register-row][data-made-by="by photo"]').length >= wanted;
  await page.waitForFunction(marked, 3, { timeout: LOOK_MS });
  await page.waitForSelector('[data-test=camera] [data-test=face-label]');
  await checkStep(page, 'session-live');
  await page.click('[data-test=live-toggle]');
  await page.waitForSelector('[data-test=live-toggle][aria-pressed=false]');

  // A burst gives several photos at one press, all of the same six people.
  await page.click('[data-test=camera-burst]');
  await page.locator('[data-test=shot-strip] button').filter({ hasText: 'Photo 3: ' }).waitFor({ timeout: LOOK_MS });
  await page.waitForSelector('[data-test=shot][data-state=done]', { timeout: LOOK_MS });
  assert.equal(await page.locator('[data-test=shot-strip] button').count(), 3);
  await page.click('[data-test=next-photo]');
  await page.click('[data-test=camera-stop]');
  await page.waitForSelector('[data-test=camera][data-state=off]');

  const names = await markedByPhoto();
  assert.deepEqual(names.filter((name) => !six.includes(name)), [], 'marked, but not in the film');
  await second.waitForFunction(marked, names.length);
  assert.deepEqual(await markedByPhoto(second), names);
  assertClean(second);
});

test('names of a class photo are drawn over it', async () => {
  assert.deepEqual(await upload('STS_106.jpg'), namesOn('STS_106.jpg'));
  assert.match(await page.textContent('[data-test=outcome-marked]'), /^7 students were marked\.$/);
  await checkStep(page, 'session-photo');
  for (const name of namesOn('STS_106.jpg')) await waitForRow(second, name, { status: 'present', madeBy: 'by photo' });
});

test('every named face of thirteen photos is named right, and nobody else', async () => {
  const rest = labels.map((entry) => entry.image).filter((image) => image !== 'STS_106.jpg');
  for (const image of rest) assert.deepEqual(await upload(image), namesOn(image), image);
  assert.equal(labels.flatMap((entry) => entry.faces).length, 30);
  assert.deepEqual(await markedByPhoto(), everybody);
  const counters = await readCounters(page);
  assert.deepEqual([counters.present, counters.unmarked], [everybody.length, 67 - everybody.length]);
  // What the page shows is what the server holds.
  await page.reload();
  await hydrated(page);
  assert.deepEqual(await markedByPhoto(), everybody);
  await second.waitForFunction(
    (wanted) => document.querySelectorAll('[data-test=register-row][data-made-by="by photo"]').length === wanted,
    everybody.length,
  );
});

test('marking twice makes one record', async () => {
  const before = await readCounters(page);
  assert.deepEqual(await upload('STS_98_Spacewalkers.jpg'), namesOn('STS_98_Spacewalkers.jpg'));
  assert.equal(await page.textContent('[data-test=outcome-marked]'), 'Nobody new was marked.');
  assert.deepEqual(await readCounters(page), before);
  assertClean(page);
});

test('several photos at once are taken one after another', async () => {
  await page.setInputFiles('[data-test=photo-files]', ['Luca_Parmitano.jpg', 'Carl_Walz.jpg'].map((name) => join(group, name)));
  const tiles = page.locator('[data-test=shot-strip] button');
  await tiles.filter({ hasText: 'Photo 3: 0 marked' }).waitFor({ timeout: LOOK_MS });
  await tiles.filter({ hasText: 'Photo 2: 0 marked' }).click();
  assert.deepEqual(await readNames(), ['Luca Parmitano']);
  assertClean(page);
});

test('one letter corrects a record', async () => {
  await page.click('[data-test=next-photo]');
  for (const [key, status] of [['l', 'late'], ['e', 'excused'], ['a', 'absent'], ['p', 'present'], ['l', 'late']]) {
    await rowOf(page, 'Peggy Whitson').focus();
    await page.keyboard.press(key);
    await waitForRow(page, 'Peggy Whitson', { status, madeBy: 'by you' });
  }
  await waitForRow(second, 'Peggy Whitson', { status: 'late' });
  // The arrow leads to the next row; "u" takes back.
  await page.keyboard.press('ArrowDown');
  const next = page.locator('[data-test=register-row]:focus');
  const name = await next.locator('.register-name strong').textContent();
  assert.notEqual(name, 'Peggy Whitson');
  await page.keyboard.press('e');
  await waitForRow(page, name, { status: 'excused' });
  await page.keyboard.press('u');
  await waitForRow(page, name, { status: 'unmarked' });
  assertClean(page);
});

test('note is kept with the record', async () => {
  const row = rowOf(page, 'Peggy Whitson');
  await row.locator('[data-test=row-more]').click();
  await row.locator('[data-test=note]').fill('Bus was late');
  await row.locator('[data-test=note]').press('Tab');
  await rowOf(second, 'Peggy Whitson').locator('[data-test=row-more]', { hasText: 'Bus was late' }).waitFor();
  await checkStep(page, 'session-note');
  await row.locator('[data-test=row-more]').click();
});

test("a person's decision stays after another photo", async () => {
  assert.deepEqual(await upload('Peggy_Whitson.jpg'), ['Peggy Whitson']);
  assert.match(await page.textContent('[data-test=face-line]'), /Peggy Whitson was already marked late/);
  await page.reload();
  await hydrated(page);
  await waitForRow(page, 'Peggy Whitson', { status: 'late', madeBy: 'by you' });
  assertClean(page);
});

test('search finds a row by part of the name', async () => {
  await page.fill('[data-test=register-search]', 'whit peg');
  const shown = page.locator('[data-test=register-row]:not([hidden])');
  assert.deepEqual(await shown.locator('.register-name strong').allTextContents(), ['Peggy Whitson']);
  await page.fill('[data-test=register-search]', '');
});

test('marking the rest absent asks first and says how many', async () => {
  const { unmarked } = await readCounters(page);
  assert.ok(unmarked > 0);
  await page.click('[data-test=mark-rest]');
  assert.equal(await page.textContent('[data-test=mark-rest-count]'), String(unmarked));
  assert.equal((await readCounters(page)).unmarked, unmarked);
  await checkStep(page, 'session-mark-rest');
  await page.click('[data-test=mark-rest-absent]');
  await page.locator('[data-test=toast]', { hasText: `${unmarked} marked absent.` }).waitFor();
  await second.waitForFunction(
    () => document.querySelectorAll('[data-test=register-row][data-status=unmarked]').length === 0,
  );
  const counters = await readCounters(page);
  assert.deepEqual([counters.absent, counters.unmarked], [unmarked, 0]);
});

test('register is saved', async () => {
  await page.click('[data-test=save-register]');
  assert.match(await page.textContent('[data-test=save-consequence]'), /Everybody is marked/);
  await page.click('[data-test=save-register-sure]');
  await page.waitForSelector('[data-test=saved]');
  await second.waitForSelector('[data-test=saved]');
  assert.equal(await page.locator('[data-test=camera]').count(), 0);
  await page.waitForSelector('[data-test=toast]', { state: 'detached' });
  await checkStep(page, 'session-saved');
});

test('correcting a saved register needs a reason', async () => {
  const row = rowOf(page, 'Carl Walz');
  await row.locator('[data-test=correct]').click();
  await row.locator('[data-test=correct-excused]').click();
  assert.match(await row.locator('.field-error').textContent(), /A reason is needed/);
  await waitForRow(page, 'Carl Walz', { status: 'present', madeBy: 'by photo' });
  await checkStep(page, 'session-correction');
  await row.locator('[data-test=reason]').fill('Was sent to the simulator');
  await row.locator('[data-test=correct-excused]').click();
  await waitForRow(page, 'Carl Walz', { status: 'excused', madeBy: 'by you' });
  await waitForRow(second, 'Carl Walz', { status: 'excused' });
  assertClean(page);
  assertClean(second);
  await second.context().close();
  await page.context().close();
});

test('student sees the record and how it came to be', async () => {
  const own = await openPage(browser);
  await signIn(own, server.url, 'student', accounts.student);
  await own.waitForSelector('[data-test=my-sessions]');
  const latest = own.locator('[data-test=my-session]').first();
  assert.match(await latest.textContent(), /Rendezvous and Docking/);
  assert.equal(await latest.locator('[data-test=status]').getAttribute('data-status'), 'present');
  assert.equal(await latest.locator('[data-test=my-session-how]').textContent(), 'by photo');
  assert.equal(await own.locator('[data-test=my-session]').nth(1).locator('[data-test=my-session-how]').textContent(), 'by teacher');
  // 12 past sessions and this one; the arithmetic stands under the percentage.
  const [, attended, counted] = /^(\d+) of (\d+)/.exec(await own.textContent('[data-test=my-arithmetic]'));
  assert.ok(Number(counted) <= 13 && Number(attended) <= Number(counted));
  const percentage = ((100 * Number(attended)) / Number(counted)).toFixed(2);
  assert.equal(await own.textContent('[data-test=my-percentage]'), `${percentage} %`);
  await checkStep(own, 'me');
});
