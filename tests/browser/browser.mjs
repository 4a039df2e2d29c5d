// A headless Chromium for the tests, and what they ask of a page in it. It takes the program and the browser from the surroundings.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const made = join(here, 'made');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The program. */
export const PROGRAM = process.env.COMMONGROUND ?? join(root, 'target', 'debug', 'commonground');

/** The live page of these scenarios, on a port of its own: where it is, and how it ends. */
export async function serve(...words) {
  const child = spawn(PROGRAM, ['serve', ...words, '--port', '0', '--quiet'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise((found, failed) => {
    child.stdout.once('data', text => found(String(text).trim()));
    child.once('exit', code => failed(new Error(`it ended with ${code}`)));
  });
  return { address, end: () => child.kill('SIGTERM') };
}

/** A browser; as root it has no sandbox of its own. */
export function open() {
  const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox', ...QUIET] : QUIET });
}

/** The address of a page that the program makes of these arguments, once. */
export function pageOf(name, ...words) {
  const file = join(made, `${name}.html`);
  if (!existsSync(file) || process.env.FRESH) {
    mkdirSync(made, { recursive: true });
    execFileSync(PROGRAM, ['page', ...words, '--out', file, '--replace', '--quiet']);
  }
  return { file, address: pathToFileURL(file).href };
}

/** A tab at a width, with all that it asks for and all that goes wrong in it. */
export async function tab(browser, width, options = {}) {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, reducedMotion: 'reduce', acceptDownloads: true, ...options });
  const page = await context.newPage();
  const requests = [];
  const faults = [];
  page.on('request', request => { if (!/^(blob|data):/.test(request.url())) requests.push(request.url()); });
  page.on('pageerror', error => faults.push(error.message));
  page.on('console', message => { if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text()); });
  return { page, requests, faults, close: () => context.close() };
}

/** What axe finds, in words. The policy lets no script in but the page's own, so that axe is put in from outside. */
export async function axe(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`);
  });
  return found;
}

/** How far the page is wider than its window. */
export const overhang = page => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
