// Forty students and one minute: from one photo to the saved register, with a
// handful of decisions by a person. Everybody was enrolled with one photograph.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import {
  assertClean, createUser, faces, openBrowser, openPage, readCounters, readRegister, rowOf, signIn, startServer, startSession,
  waitForRow,
} from '../support.js';

const password = 'Story-Pass-2026!';
const PHOTO = 'class04.jpg';
/** What a teacher gives the whole job, photo to saved register. */
const JOB_MS = 60_000;
const DECISIONS_MAX = 5;

const folder = join(faces, 'groups/class_lfw');
const { images } = JSON.parse(readFileSync(join(folder, 'labels.json'), 'utf8'));
const named = images.find((entry) => entry.image === PHOTO).faces.filter((face) => face.name);
const people = named.map((face) => face.name);
/** Photos that may enrol a person: any but the one in the class photo. */
const enrolmentPhotos = (person) => {
  const { source } = named.find((face) => face.name === person);
  return ['1.jpg', '2.jpg', '3.jpg', '4.jpg'].filter((file) => !source.endsWith(`/${file}`));
};
const nameOf = (person) => person.replaceAll('_', ' ').replaceAll(/[^A-Za-z ]/g, '');

let server;
let browser;

before(async () => {
  server = await startServer({ prepare: (own) => createUser(own, { role: 'admin', username: 'ada', password }) });
  await enrolClass();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

async function post(path, body, token) {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  if (!(body instanceof FormData)) headers['content-type'] = 'application/json';
  const sent = body instanceof FormData ? body : JSON.stringify(body);
  const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: sent });
  return { status: answer.status, said: await answer.json() };
}

async function call(path, body, token) {
  const { status, said } = await post(path, body, token);
  assert.ok(status < 300, `${path}: ${JSON.stringify(said)}`);
  return said;
}

/** One photo each; where it is refused, the next one, as an administrator would. */
async function enrol(person, department, token) {
  for (const file of enrolmentPhotos(person)) {
    const form = new FormData();
    form.set('name', nameOf(person));
    form.set('email', `${person.toLowerCase().replaceAll(/[^a-z]/g, '')}@example.org`);
    form.set('phone', '5550100200');
    form.set('department', String(department));
    const photo = readFileSync(join(faces, 'identities/lfw', person, file));
    form.set('photo', new Blob([photo], { type: 'image/jpeg' }), 'photo.jpg');
    const { status, said } = await post('/api/students/register/', form, token);
    if (status === 201) return;
    // Poor, or with somebody else as large in it.
    assert.ok(said.details.code === 'face_quality_low' || said.details.photo, `${person}: ${JSON.stringify(said)}`);
  }
  assert.fail(`${person} could not be enrolled`);
}

/** One department, forty students with one enrolment photo each, and their teacher. */
async function enrolClass() {
  const { access } = await call('/api/auth/login/', { username: 'ada', password });
  const department = await call('/api/departments/', { name: 'Journalism', code: 'JRN' }, access);
  for (const person of people) await enrol(person, department.id, access);
  const teacher = { username: 'tess', email: 'tess@example.org', password, role: 'teacher', departments: [department.id] };
  await call('/api/users/', teacher, access);
}

/** Looks at each uncertain face as a teacher would who knows the class; returns how many were decided. */
async function decide(page) {
  const known = people.map(nameOf);
  const cards = page.locator('[data-test=check-card]');
  let decisions = 0;
  for (let left = await cards.count(); left > 0; left = await cards.count()) {
    const card = cards.first();
    const marked = (await readRegister(page)).filter((row) => row.status !== 'unmarked').map((row) => row.name);
    const choices = await card.locator('strong').allTextContents();
    const right = choices.findIndex((name) => known.includes(name) && !marked.includes(name));
    await card.focus();
    await page.keyboard.press(right < 0 ? 'n' : String(right + 1));
    decisions += 1;
    await page.waitForFunction((before) => document.querySelectorAll('[data-test=check-card]').length < before, left);
  }
  return decisions;
}

/** Marks everybody whom the photo did not show clearly enough; returns how many that were. */
async function markRest(page) {
  const left = (await readRegister(page)).filter((row) => row.status === 'unmarked').map((row) => row.name);
  for (const name of left) {
    await rowOf(page, name).focus();
    await page.keyboard.press('p');
    await waitForRow(page, name, { status: 'present', madeBy: 'by you' });
  }
  return left.length;
}

test('class of forty goes from photo to saved register in a minute', async () => {
  assert.equal(people.length, 40);
  const page = await openPage(browser);
  await signIn(page, server.url, 'tess', password);
  const started = Date.now();
  await startSession(page, server.url, { department: 'JRN · Journalism', subject: 'Press law' });
  assert.equal((await readCounters(page)).total, 40);
  await page.setInputFiles('[data-test=photo-files]', join(folder, PHOTO));
  await page.locator('[data-test=shot][data-state=done]').waitFor({ timeout: JOB_MS });
  const asked = await decide(page);
  const missed = await markRest(page);
  await page.click('[data-test=save-register]');
  await page.click('[data-test=save-register-sure]');
  await page.waitForSelector('[data-test=saved]');
  const took = Date.now() - started;
  assert.ok(asked + missed <= DECISIONS_MAX, `${asked} asked, ${missed} missed`);
  assert.ok(took < JOB_MS, `${took} ms`);
  // Everybody on the roster is on the photo.
  const { present, absent, unmarked } = await readCounters(page);
  assert.deepEqual({ present, absent, unmarked }, { present: 40, absent: 0, unmarked: 0 });
  console.log(`${took} ms; ${asked} asked, ${missed} missed`);
  assertClean(page);
});
