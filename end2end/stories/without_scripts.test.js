// With scripts switched off, everything but the camera works by plain forms.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import {
  assertClean, checkStep, createUser, expectProblem, openBrowser, openPage, readCounters, rowOf, startServer,
} from '../support.js';

const password = 'Story-Pass-2026!';
let server;
let browser;
let page;

before(async () => {
  server = await startServer({
    prepare: (own) => createUser(own, { role: 'admin', username: 'ada', password }),
  });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

async function signIn(username, secret = password) {
  page = await openPage(browser, { javaScript: false });
  await page.goto(`${server.url}/login`);
  await page.fill('[data-test=username]', username);
  await page.fill('[data-test=password]', secret);
  await page.click('[data-test=sign-in]');
}

async function addStudent(name, email) {
  await page.goto(`${server.url}/admin/students/new`);
  await page.fill('[data-test=student-form-name]', name);
  await page.fill('[data-test=student-form-email]', email);
  await page.selectOption('[data-test=student-form-department]', { label: 'BIO · Biology' });
  await page.click('[data-test=student-form-save]');
}

/** Status of one student's row. */
const statusOf = (name) => rowOf(page, name).getAttribute('data-status');

test('wrong password is told on the page', async () => {
  await signIn('ada', 'Wrong-Pass-2026!');
  assert.match(await page.textContent('[data-test=error]'), /Invalid username or password/);
  await checkStep(page, 'no-scripts-login-refused');
});

test('department is made, and a second one of the same code refused', async () => {
  await signIn('ada');
  await page.waitForURL('**/admin');
  await page.click('[data-test=nav-admin-settings]');
  await page.click('[data-test=tab-admin-departments]');
  for (const name of ['Biology', 'Botany']) {
    await page.fill('[data-test=department-name]', name);
    await page.fill('[data-test=department-code]', 'BIO');
    await page.click('[data-test=department-save]');
    await page.waitForLoadState();
  }
  assert.equal(await page.locator('[data-test=department-row]').count(), 1);
  assert.match(await page.textContent('[data-test=field-error]'), /exists|taken|already/);
  await checkStep(page, 'no-scripts-department-refused');
});

test('students are added, and an address that is taken refused', async () => {
  for (const [at, name] of ['Ann Apple', 'Bob Birch', 'Cem Cedar', 'Dora Daisy'].entries()) {
    await addStudent(name, `student${at}@example.org`);
    await page.waitForURL(/\/students\/\d+$/);
    assert.equal(await page.textContent('[data-test=student-name]'), name);
    assert.match(await page.textContent('[data-test=student-roll-no]'), new RegExp(`^BIO-\\d{4}-00${at + 1}$`));
  }
  await checkStep(page, 'no-scripts-student');
  await addStudent('Eve Elm', 'student1@example.org');
  await page.waitForURL(/\/admin\/students\/new/);
  assert.match(await page.textContent('[data-test=field-error]'), /email|address/i);
  await checkStep(page, 'no-scripts-student-refused');
});

test('refused form keeps what was typed, and says why at the field', async () => {
  await page.goto(`${server.url}/admin/students/new`);
  await page.fill('[data-test=student-form-name]', 'Fay Fern');
  // The browser lets this through, the server does not.
  await page.fill('[data-test=student-form-email]', 'fay@localhost');
  await page.selectOption('[data-test=student-form-department]', { label: 'BIO · Biology' });
  await page.click('[data-test=student-form-save]');
  await page.waitForURL(/\/admin\/students\/new\?/);
  assert.equal(await page.inputValue('[data-test=student-form-name]'), 'Fay Fern');
  assert.equal(await page.inputValue('[data-test=student-form-email]'), 'fay@localhost');
  assert.notEqual(await page.inputValue('[data-test=student-form-department]'), '');
  assert.match(await page.textContent('[data-test=field-error]'), /email|address/i);
  assert.equal(await page.getAttribute('[data-test=student-form-email]', 'aria-invalid'), 'true');
  assert.ok(!page.url().includes('Fay'), 'what was typed is not in the address');
  await checkStep(page, 'no-scripts-form-kept');
});

test('teacher starts a session', async () => {
  createUser(server, { role: 'teacher', username: 'grace', password, departments: ['BIO'] });
  await signIn('grace');
  await page.waitForURL('**/today');
  await page.fill('[data-test=session-subject]', 'Genetics');
  await page.click('[data-test=start-session]');
  await page.waitForURL(/\/sessions\/\d+$/);
  assert.equal((await readCounters(page)).total, 4);
  await checkStep(page, 'no-scripts-session');
});

test('register is marked by plain forms', async () => {
  await rowOf(page, 'Ann Apple').locator('[data-test=set-present]').click();
  await page.waitForLoadState();
  assert.equal(await statusOf('Ann Apple'), 'present');
  await rowOf(page, 'Bob Birch').locator('[data-test=row-more]').click();
  await rowOf(page, 'Bob Birch').locator('[data-test=note]').fill('Bus was late');
  await rowOf(page, 'Bob Birch').locator('[data-test=set-late]').click();
  await page.waitForLoadState();
  assert.equal(await statusOf('Bob Birch'), 'late');
  assert.match(await rowOf(page, 'Bob Birch').locator('[data-test=row-more]').textContent(), /Bus was late/);
  await page.click('[data-test=mark-rest]');
  await page.click('[data-test=mark-rest-absent]');
  await page.waitForLoadState();
  assert.deepEqual([await statusOf('Cem Cedar'), await statusOf('Dora Daisy')], ['absent', 'absent']);
  const { present, late, absent, unmarked } = await readCounters(page);
  assert.deepEqual({ present, late, absent, unmarked }, { present: 1, late: 1, absent: 2, unmarked: 0 });
  await checkStep(page, 'no-scripts-register');
});

test('register is saved, and a record corrected with a reason', async () => {
  await page.click('[data-test=save-register]');
  await page.click('[data-test=save-register-sure]');
  await page.waitForSelector('[data-test=saved]');
  const row = rowOf(page, 'Cem Cedar');
  await row.locator('[data-test=correct]').click();
  await row.locator('[data-test=reason]').fill('Sat in the last row');
  await row.locator('[data-test=correct-present]').click();
  await page.waitForLoadState();
  assert.equal(await statusOf('Cem Cedar'), 'present');
  await checkStep(page, 'no-scripts-saved');
});

test('student sees the record and signs out', async () => {
  createUser(server, { role: 'student', username: 'student0', password });
  await signIn('student0');
  await page.waitForURL('**/me');
  assert.equal(await page.textContent('[data-test=my-percentage]'), '100.00 %');
  assert.equal(await page.textContent('[data-test=my-session-how]'), 'by teacher');
  await page.click('[data-test=user-menu]');
  await page.click('[data-test=sign-out]');
  await page.waitForURL('**/login**');
  expectProblem(page, /console error: Failed to load resource: .* 40[13] /);
  assertClean(page);
});
