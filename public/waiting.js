// On every page: starts the service worker, asks it to send what waits, and says how much that is. Draws with
// textContent alone, because labels are names that somebody typed.
(() => {
  const { user, answer, offline } = document.currentScript.dataset;
  const root = document.documentElement;
  const KEPT = 'rollcall-words';
  const words = readWords();
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
  const SAMPLES = { zero: 0, one: 1, two: 2, few: 3, many: 11, other: 100 };
  const isWaiting = () => mine.some((thing) => !thing.refusal);

  /** The words of this page, or on the page for lost networks, which is one for all, those of the page before it. */
  function readWords() {
    const given = document.getElementById('waiting-words')?.content.querySelectorAll('[data-word]');
    let read = given && Object.fromEntries(Array.from(given, (word) => [word.dataset.word, word.textContent]));
    // A browser may refuse to keep anything; the page for lost networks then says no number, in English.
    try {
      if (read) localStorage.setItem(KEPT, JSON.stringify({ lang: root.lang, dir: root.dir, read }));
      else {
        const kept = JSON.parse(localStorage.getItem(KEPT));
        read = kept.read;
        [root.lang, root.dir] = [kept.lang, kept.dir];
      }
    } catch {
      read ??= {};
    }
    if (offline === undefined) return read;
    for (const part of document.querySelectorAll('main > [lang]')) {
      part.hidden = part.lang !== root.lang;
      if (!part.hidden) document.title = `${part.querySelector('h1').textContent} · Rollcall`;
    }
    return read;
  }

  /** A sentence with a number, in the plural that the language has for it. */
  function count(number, key) {
    const sample = SAMPLES[new Intl.PluralRules(root.lang).select(number)];
    return (words[`${key}-${sample}`] ?? '').replace(sample, number);
  }

  /** A sentence with what stands in braces filled in; a function, because names may hold signs that mean something. */
  const fill = (key, name, value) => words[key].replace(`{${name}}`, () => value);

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
    const wait = (number) => count(number, 'things');
    if (offline !== undefined) return say(others && words.later ? `${wait(others)} ${words.later}` : '');
    if (!user) return say(others ? `${wait(others)} ${words['sign-in-own']}` : '');
    const parts = [];
    if (waiting) parts.push(`${wait(waiting)} `);
    if (waiting && signedOut) {
      const next = encodeURIComponent(location.pathname);
      parts.push(make('a', { href: `/login?next=${next}`, rel: 'external' }, words['sign-in']), ' ');
    }
    if (refused) parts.push(`${count(refused, 'refused')} `);
    if (parts.length) parts.push(make('a', { href: '/waiting', rel: 'external', 'data-test': 'waiting-link' }, words.show));
    say(...parts);
  }

  /** What a thing is called. The names stand on the session's page alone, so they are read there and kept with it. */
  function nameOf(thing) {
    if (thing.label) return thing.label;
    const subject = location.pathname === `/sessions/${thing.session}` && document.querySelector('[data-test=session] h1');
    const mark = (name) => fill(`mark-${thing.status}`, 'name', name);
    if (!subject) return thing.kind === 'photo' ? words.photo : mark(words.somebody);
    const name = document.querySelector(`[data-row="${CSS.escape(thing.student)}"] .register-name strong`);
    const what = thing.kind === 'photo' ? words.photo : mark(name?.textContent ?? words.somebody);
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
    if (confirm(fill('drop-sure', 'name', nameOf(thing)))) ask({ act: 'drop', id: thing.id });
  }

  function row(thing) {
    const at = new Date(thing.at);
    // The reader's own region of the page's language, with the digits that the rest of the page has.
    const place = `${navigator.languages.find((tag) => tag.startsWith(root.lang)) ?? root.lang}-u-nu-latn`;
    const item = make('li', { class: 'waiting-thing', 'data-test': thing.refusal ? 'waiting-refused' : 'waiting-thing' });
    const made = make('time', { datetime: at.toISOString(), class: 'muted small' }, at.toLocaleString(place));
    item.append(make('p', {}, make('strong', {}, nameOf(thing))), made);
    // A refusal without words is the number of the answer.
    const why = /^\d+$/.test(thing.refusal) ? fill('refused-by-server', 'status', thing.refusal) : thing.refusal;
    const state = thing.refusal ? `${words.refusal} ${why}` : words['waits-here'];
    item.append(make('p', { class: thing.refusal ? 'field-error' : 'muted' }, state));
    const ways = make('div', { class: 'row' }, make('a', { class: 'button', href: `/sessions/${thing.session}` }, words.open));
    if (thing.refusal) ways.append(button(words.again, 'waiting-again', () => ask({ act: 'again', id: thing.id })));
    ways.append(button(words.drop, 'waiting-drop', () => drop(thing)));
    item.append(ways);
    return item;
  }

  function showList(list, { others }) {
    const parts = [];
    if (mine.length) parts.push(make('ul', { class: 'waiting-things card' }, ...mine.map(row)));
    else parts.push(make('p', { 'data-test': 'waiting-none' }, words.none));
    if (isWaiting()) parts.unshift(make('div', {}, button(words.send, 'waiting-send', send)));
    if (others) parts.push(make('p', { class: 'muted' }, count(others, 'theirs')));
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
    if (leaves && mine.length && !confirm(count(mine.length, 'leave-sure'))) event.preventDefault();
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
