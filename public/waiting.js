// On every page: starts the service worker, asks it to send what waits, and says how much that is. Draws with
// textContent alone, because labels are names that somebody typed.
(() => {
  const { user, answer, offline } = document.currentScript.dataset;
  const worker = navigator.serviceWorker;
  // Old browsers, and sites without HTTPS: a lost connection is an error there, as it says on the page.
  if (!worker) return;

  const RETRY_MS_MIN = 4_000;
  const RETRY_MS_MAX = 60_000;
  const region = document.getElementById('waiting');
  let retryMs = RETRY_MS_MIN;
  let timer;
  let mine = [];

  const ask = async (message) => (await worker.ready).active.postMessage({ user, ...message });
  const send = () => ask({ act: 'send' });
  const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;
  const isWaiting = () => mine.some((thing) => !thing.refusal);

  /** An element with text and attributes. */
  function make(tag, attributes, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  }

  function say(...parts) {
    const text = parts.map((part) => part.textContent ?? part).join('');
    if (text === region.textContent) return;
    region.replaceChildren(...(text ? [make('p', { class: 'waiting-words', 'data-test': 'waiting' }, ...parts)] : []));
  }

  function showBanner({ others, signedOut }) {
    const refused = mine.filter((thing) => thing.refusal).length;
    const waiting = mine.length - refused;
    const wait = (number) => `${count(number, 'thing waits', 'things wait')} on this device.`;
    if (offline !== undefined) return say(others ? `${wait(others)} They are sent when the connection is back.` : '');
    if (!user) return say(others ? `${wait(others)} Sign in to send what is yours.` : '');
    const parts = [];
    if (waiting) parts.push(`${wait(waiting)} `);
    if (waiting && signedOut) {
      const next = encodeURIComponent(location.pathname);
      parts.push(make('a', { href: `/login?next=${next}`, rel: 'external' }, 'Sign in to send them'), ' ');
    }
    if (refused) parts.push(`${refused} could not be sent. `);
    if (parts.length) parts.push(make('a', { href: '/waiting', rel: 'external', 'data-test': 'waiting-link' }, 'Show'));
    say(...parts);
  }

  /** What a thing is called. The names stand on the session's page alone, so they are read there and kept with it. */
  function nameOf(thing) {
    if (thing.label) return thing.label;
    const subject = location.pathname === `/sessions/${thing.session}` && document.querySelector('[data-test=session] h1');
    if (!subject) return thing.kind === 'photo' ? 'Photo' : `Mark: ${thing.status}`;
    const name = document.querySelector(`[data-row="${CSS.escape(thing.student)}"] .register-name strong`);
    const what = thing.kind === 'photo' ? 'Photo' : `${name?.textContent ?? 'Mark'}: ${thing.status}`;
    const label = `${what} · ${subject.textContent}`;
    ask({ act: 'label', id: thing.id, label });
    return label;
  }

  function button(words, test, press) {
    const element = make('button', { type: 'button', class: 'button', 'data-test': test }, words);
    element.addEventListener('click', press);
    return element;
  }

  function drop(thing) {
    const sure = `Throw away “${nameOf(thing)}”? It was never sent and cannot be brought back.`;
    if (confirm(sure)) ask({ act: 'drop', id: thing.id });
  }

  function row(thing) {
    const at = new Date(thing.at);
    const item = make('li', { class: 'waiting-thing', 'data-test': thing.refusal ? 'waiting-refused' : 'waiting-thing' });
    const made = make('time', { datetime: at.toISOString(), class: 'muted small' }, at.toLocaleString());
    item.append(make('p', {}, make('strong', {}, nameOf(thing))), made);
    const state = thing.refusal ? `Could not be sent. ${thing.refusal}` : 'Waits for the connection.';
    item.append(make('p', { class: thing.refusal ? 'field-error' : 'muted' }, state));
    const ways = make('div', { class: 'row' }, make('a', { class: 'button', href: `/sessions/${thing.session}` }, 'Open the register'));
    if (thing.refusal) ways.append(button('Try again', 'waiting-again', () => ask({ act: 'again', id: thing.id })));
    ways.append(button('Throw away', 'waiting-drop', () => drop(thing)));
    item.append(ways);
    return item;
  }

  function showList(list, { others }) {
    const parts = [];
    if (mine.length) parts.push(make('ul', { class: 'waiting-things card' }, ...mine.map(row)));
    else parts.push(make('p', { 'data-test': 'waiting-none' }, 'Nothing waits: everything has been sent.'));
    if (isWaiting()) parts.unshift(make('div', {}, button('Send now', 'waiting-send', send)));
    const theirs = count(others, 'thing of another account waits here', 'things of other accounts wait here');
    if (others) parts.push(make('p', { class: 'muted' }, `${theirs}, until its owner signs in.`));
    list.replaceChildren(...parts);
  }

  worker.addEventListener('message', ({ data }) => {
    mine = data.mine;
    region.dataset.ready = '';
    showBanner(data);
    mine.forEach(nameOf);
    const list = document.getElementById('waiting-list');
    if (list) showList(list, data);
    if (!isWaiting()) {
      clearTimeout(timer);
      timer = undefined;
      retryMs = RETRY_MS_MIN;
    } else {
      // Ever more slowly: a device in a pocket should not knock at a door all day.
      timer ??= setTimeout(() => {
        timer = undefined;
        retryMs = Math.min(retryMs * 2, RETRY_MS_MAX);
        send();
      }, retryMs);
    }
  });
  worker.startMessages();

  addEventListener('online', () => (offline === undefined ? send() : location.reload()));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && isWaiting()) send();
  });

  // Things of one account are never sent by another: whoever signs out should know that they stay behind.
  document.addEventListener('submit', (event) => {
    const leaves = new URL(event.target.action).pathname === '/fn/sign_out';
    const left = count(mine.length, 'thing waits', 'things wait');
    const sure = `${left} on this device and will be sent only after you sign in here again. Sign out anyway?`;
    if (leaves && mine.length && !confirm(sure)) event.preventDefault();
  }, true);

  async function start() {
    // After everything else: the page itself comes first.
    if (user) await worker.register(`/sw.js?answer=${answer}`);
    if (user || (await worker.getRegistration())) {
      await ask({ act: 'hello' });
      if (user) send();
    }
  }
  // A browser that keeps no service workers (private windows of some) goes without.
  const quietly = () => start().catch(() => {});
  if (document.readyState === 'complete') quietly();
  else addEventListener('load', quietly);
})();
