// Opens every page of a list in Chromium on a slow line and a slow processor, and prints a table of what it measures:
// `node measure.js LIST`, where the list names the server, the passwords and the pages.

import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

import { chromium } from 'playwright-core';

const { url, passwords, pages } = JSON.parse(readFileSync(process.argv[2], 'utf8'));

/** A phone on 4G, as WebPageTest has it, with a processor four times as slow as this one. */
const LINE = { offline: false, latency: 170, downloadThroughput: (9e6 / 8), uploadThroughput: (9e6 / 8) };
const SLOWER = 4;
const PHONE = { width: 390, height: 844 };
/** How long a page may still move after it has loaded, ms. */
const REST_MS = 1500;
const RUNS = 3;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });

/** The cookies of a signed-in browser. */
async function signedIn(account) {
  const context = await browser.newContext();
  if (account) {
    const page = await context.newPage();
    await page.goto(`${url}/login`);
    await page.fill('[data-test=username]', account);
    await page.fill('[data-test=password]', passwords[account]);
    await Promise.all([
      page.waitForURL((next) => !next.pathname.startsWith('/login')),
      page.click('[data-test=sign-in]'),
    ]);
  }
  const state = await context.storageState();
  await context.close();
  return state;
}

/** One visit with empty caches. */
async function visit(address, storageState) {
  const context = await browser.newContext({ viewport: PHONE, storageState, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.seen = { largest: 0, blocked: 0, shift: 0 };
    const watch = (type, take) =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
    watch('largest-contentful-paint', (entry) => (seen.largest = entry.startTime));
    watch('longtask', (entry) => (seen.blocked += Math.max(0, entry.duration - 50)));
    watch('layout-shift', (entry) => entry.hadRecentInput || (seen.shift += entry.value));
  });
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', LINE);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const response = await page.goto(`${url}${address}`, { waitUntil: 'load' });
  if (response.status() !== 200) throw new Error(`${address} answered ${response.status()}`);
  await wait(REST_MS);
  const seen = await page.evaluate(() => globalThis.seen);
  await context.close();
  return seen;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

console.log('Chromium, empty caches, 9 Mbit/s and 170 ms there and back, processor slowed four times:\n');
console.log('| Page | By | Largest paint | Blocked | Shift |\n|---|---|---:|---:|---:|');
const states = new Map();
for (const { page, address, account } of pages) {
  if (!states.has(account)) states.set(account, await signedIn(account));
  const visits = [];
  for (let run = 0; run < RUNS; run += 1) visits.push(await visit(address, states.get(account)));
  const of = (name) => median(visits.map((seen) => seen[name]));
  const cells = [`${(of('largest') / 1000).toFixed(2)} s`, `${of('blocked').toFixed(0)} ms`, of('shift').toFixed(3)];
  console.log(`| \`${page}\` | ${account ?? 'nobody'} | ${cells.join(' | ')} |`);
}
await browser.close();
