// Forty students and one minute: from one photo to the saved register, with a
// handful of decisions by a person.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import {
  assertClean, createUser, faces, openBrowser, openPage, readCounters, readRegister, signIn, startServer, startSession,
} from '../support.js';

const password = 'Story-Pass-2026!';
const PHOTO = 'class04.jpg';
/** What a teacher gives the whole job, photo to saved register. */
const JOB_MS = 60_000;
const DECISIONS_MAX = 5;

const folder = join(faces, 'groups/class_lfw');
const { images } = JSON.parse(readFileSync(join(folder, 'labels.json'), 'utf8'));
const people = [...new Set(images.find((entry) => entry.image === PHOTO).faces.map((face) => face.name).filter(Boolean))];
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

/** One department, forty students with one enrolment photo each, and their teacher. */
async function enrolClass() {
  const call = async (path, body, token) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    if (!(body instanceof FormData)) headers['content-type'] = 'application/json';
    const sent = body instanceof FormData ? body : JSON.stringify(body);
    const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: sent });
    const said = await answer.json();
    assert.ok(answer.ok, `${path}: ${JSON.stringify(said)}`);
    return said;
  };
  const { access } = await call('/api/auth/login/', { username: 'ada', password });
  const department = await call('/api/departments/', { name: 'Journalism', code: 'JRN' }, access);
  for (const person of people) {
    const form = new FormData();
    form.set('name', nameOf(person));
    form.set('email', `${person.toLowerCase().replaceAll(/[^a-z]/g, '')}@example.org`);
    form.set('phone', '5550100200');
    form.set('department', String(department.id));
    const photo = readFileSync(join(faces, 'identities/lfw', person, '1.jpg'));
    form.set('photo', new Blob([photo], { type: 'image/jpeg' }), '1.jpg');
    await call('/api/students/register/', form, access);
  }
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

test('class of forty goes from photo to saved register in a minute', async () => {
  assert.equal(people.length, 40);
  const page = await openPage(browser);
  await signIn(page, server.url, 'tess', password);
  const started = Date.now();
  await startSession(page, server.url, { department: 'JRN · Journalism', subject: 'Press law' });
  assert.equal((await readCounters(page)).total, 40);
  await page.setInputFiles('[data-test=photo-files]', join(folder, PHOTO));
  await page.locator('[data-test=shot][data-state=done]').waitFor({ timeout: JOB_MS });
  const decisions = await decide(page);
  await page.click('[data-test=save-register]');
  await page.click('[data-test=save-register-sure]');
  await page.waitForSelector('[data-test=saved]');
  const took = Date.now() - started;
  const { present, absent, unmarked } = await readCounters(page);
  console.log(`${decisions} decisions, ${present} present, ${absent} not seen, ${(took / 1000).toFixed(1)} s`);
  assert.ok(decisions <= DECISIONS_MAX, `${decisions} decisions`);
  assert.ok(took < JOB_MS, `${took} ms`);
  // Everybody on the roster is on the photo.
  assert.equal(present + absent, 40);
  assert.equal(unmarked, 0);
  assert.ok(present >= 37, `${present} of 40 were found`);
  assertClean(page);
});
