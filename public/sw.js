// Rollcall's service worker. Photos and single marks that cannot be sent wait here, on the device, and are sent later,
// in order and once each. A page that cannot be loaded is replaced by a small one that says so. Nothing else passes
// through here, and no page with anybody's data is kept.

// The answer that a page gets for what waits, in the server's own format: told by the page that registered this worker.
const told = new URL(location.href).searchParams.get('answer') ?? '';
const WAITS = Uint8Array.from(told.match(/../g) ?? [], (pair) => parseInt(pair, 16));

const PHOTO = '/fn/mark_photo';
const MARK = '/fn/set_record';
const SHELF = 'rollcall-offline';
const SHELVED = ['/offline.html', '/offline.css', '/waiting.js', '/favicon.svg'];
// The server ends a request after 60 s; whatever takes longer is lost on the way.
const ANSWER_MS = 75_000;

self.addEventListener('install', (event) => {
  const fresh = SHELVED.map((file) => new Request(file, { cache: 'reload' }));
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.addAll(fresh)));
  self.skipWaiting();
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  const shelved = (file) => fetch(request).catch(async () => (await caches.match(file)) ?? Response.error());
  if (request.method === 'GET' && request.mode === 'navigate') event.respondWith(shelved('/offline.html'));
  else if (request.method === 'GET' && SHELVED.includes(pathname)) event.respondWith(shelved(pathname));
  else if (request.method === 'POST' && request.mode !== 'navigate' && [PHOTO, MARK].includes(pathname)) {
    event.respondWith(take(event, pathname));
  }
});

// Where the browser knows of it, it wakes this worker when the network is back, even without a page.
self.addEventListener('sync', (event) => event.waitUntil(sendAll()));

self.addEventListener('message', (event) => event.waitUntil(obey(event.source, event.data)));

/** What pages ask for. Each says first whose page it is. */
async function obey(page, { act, user, id, label }) {
  if (act === 'hello') {
    // A page that was on its way while this worker started is passed over by the first claim.
    await self.clients.claim();
    await remember(page, user);
  }
  if (act === 'send') await sendAll(user);
  if (act === 'label') await change(id, user, { label });
  if (act === 'drop') await change(id, user, null);
  if (act === 'again') {
    await change(id, user, { refusal: undefined });
    await sendAll(user);
  }
  await tell();
}

/** Sends a photo or a mark, or keeps it and says so. */
async function take(event, path) {
  const { request } = event;
  const body = await request.blob();
  const user = await userOf(event.clientId);
  const thing = {
    ...(await about(path, request, body)),
    // From the first sending on: the answer may be lost although the work was done.
    key: crypto.randomUUID(),
    path,
    user,
    body,
    headers: { 'Content-Type': request.headers.get('content-type'), Accept: request.headers.get('accept') },
    at: Date.now(),
  };
  // What was made before goes first, so that the later decision about a student is the one that stays.
  if (await isWaiting(user)) await sendAll(user);
  if (!(await isWaiting(user))) {
    try {
      return await post(thing);
    } catch (error) {
      // Without knowing whose it is it may not be kept: it could go out under another name.
      if (!user) throw error;
    }
  }
  await within('things', 'readwrite', (store) => store.put(thing));
  self.registration.sync?.register('send').catch(() => {});
  event.waitUntil(tell());
  return new Response(WAITS, { status: 503, headers: { 'Content-Type': 'application/x-postcard' } });
}

/** Which session and student it is about, for the list of what waits. */
async function about(path, request, body) {
  const type = request.headers.get('content-type');
  const form = await new Response(body, { headers: { 'Content-Type': type } }).formData();
  if (path === PHOTO) return { kind: 'photo', session: form.get('session') };
  const [session, student, status] = ['session', 'student', 'status'].map((name) => form.get(`form[${name}]`));
  return { kind: 'mark', session, student, status: status ?? 'unmarked' };
}

async function post({ path, headers, key, body }, more = {}) {
  const signal = AbortSignal.timeout(ANSWER_MS);
  const response = await fetch(path, { method: 'POST', headers: { ...headers, ...more, 'Idempotency-Key': key }, body, signal });
  // A proxy that does not reach the server is as good as no network.
  if ([502, 504].includes(response.status)) throw new Error(`gateway: ${response.status}`);
  return response;
}

let sending;

/** Sends what waits, one after the other; only one round at a time. */
function sendAll(user) {
  sending ??= sendEach(user).finally(() => (sending = undefined));
  return sending;
}

let signedOut = false;

async function sendEach(user) {
  signedOut = false;
  for (const thing of await things()) {
    if (thing.refusal || (user && thing.user !== user)) continue;
    const waited = Math.max(0, Math.round((Date.now() - thing.at) / 1000));
    // The server compares as well: the account may change between two requests.
    const response = await post(thing, { 'Queued-For': `${waited}`, 'Queued-By': thing.user }).catch(() => null);
    if (response?.status === 401) signedOut = true;
    // No network, busy, or signed out: later. Nothing overtakes what waits.
    if (!response || response.status === 401 || [408, 425, 429].includes(response.status) || response.status >= 500) break;
    await change(thing.id, thing.user, response.ok ? null : { refusal: await refusalOf(response) });
    await tell();
  }
  await tell();
}

async function refusalOf(response) {
  const told = response.headers.get('refusal');
  if (told) return decodeURIComponent(told.replaceAll('+', ' '));
  const answer = await response.json().catch(() => ({}));
  // Without words the number: pages know how to say it in their reader's language.
  return answer.message ?? `${response.status}`;
}

/** Tells every page how much waits: its user's things one by one, those of others as a number. */
async function tell() {
  const all = await things();
  for (const page of await self.clients.matchAll({ type: 'window', includeUncontrolled: true })) {
    const user = await userOf(page.id);
    const mine = all.filter((thing) => user && thing.user === user);
    const shown = mine.map(({ id, kind, session, student, status, label, at, refusal }) => {
      return { id, kind, session, student, status, label, at, refusal };
    });
    page.postMessage({ mine: shown, others: all.length - mine.length, signedOut });
  }
}

/** Whose page it is, by what the page said; a worker forgets everything between two events. */
async function userOf(client) {
  return (await within('pages', 'readonly', (store) => store.get(client)))?.user;
}

async function remember(page, user) {
  const open = new Set((await self.clients.matchAll({ includeUncontrolled: true })).map((client) => client.id));
  const known = await within('pages', 'readonly', (store) => store.getAllKeys());
  await within('pages', 'readwrite', (store) => {
    known.filter((client) => !open.has(client)).forEach((client) => store.delete(client));
    return store.put({ client: page.id, user });
  });
}

const things = () => within('things', 'readonly', (store) => store.getAll());
const isWaiting = async (user) => (await things()).some((thing) => thing.user === user && !thing.refusal);

/** Changes a thing of this user, or takes it away; what is gone meanwhile stays gone. */
const change = (id, user, fields) =>
  within('things', 'readwrite', (store) => {
    store.get(id).onsuccess = ({ target: { result: thing } }) => {
      if (thing?.user !== user) return;
      if (fields) store.put({ ...thing, ...fields });
      else store.delete(id);
    };
  });

let database;

/** One transaction over one store; its result when it is safely written. */
async function within(name, mode, work) {
  database ??= new Promise((resolve, reject) => {
    const opening = indexedDB.open('rollcall', 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('things', { keyPath: 'id', autoIncrement: true });
      opening.result.createObjectStore('pages', { keyPath: 'client' });
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const transaction = (await database).transaction(name, mode, { durability: 'strict' });
  const request = work(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}
