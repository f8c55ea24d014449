import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InvestigationEvent } from '../../src/domain/investigation-event.ts';
import type { InvestigationRequest } from '../../src/domain/investigation-request.ts';
import { fullReport } from '../report/reports.ts';
import { type AServer, aServer } from './a-server.ts';

const CHROMIUM = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path !== undefined && existsSync(path));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SCREENSHOTS = process.env['SCREENSHOTS'];

/** Says what it does, and goes on to its report when it is let. */
async function* step(request: InvestigationRequest): AsyncGenerator<InvestigationEvent> {
  const at = '2026-01-31T10:00:00.000Z';
  yield { type: 'stage-started', stage: 'evidence', at };
  yield { type: 'stage-completed', stage: 'evidence', at, duration_ms: 3, summary: '42 objects <b>read</b>' };
  if (request.description.startsWith('slow')) await released.promise;
  yield { type: 'report-completed', report: { ...fullReport(), incident_id: request.incidentId, description: request.description } };
}
let released = Promise.withResolvers<void>();

// apt-get install chromium; elsewhere CHROMIUM names a browser.
describe.runIf(CHROMIUM !== undefined)('the pages of the server, in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  let browser: Browser;
  let server: AServer;
  let url: string;
  beforeAll(async () => {
    server = aServer({ byKeys: true, investigate: step });
    await server.app.listen({ host: '127.0.0.1', port: 0 });
    url = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`;
    browser = await launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox', '--disable-gpu'], userDataDir: join(folder, 'browser') });
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A browser of its own, and what it complained of. */
  async function open(width = 1280, scheme: 'light' | 'dark' = 'light'): Promise<{ page: Page; complaints: string[] }> {
    const page = await (await browser.createBrowserContext()).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(url);
    return { page, complaints };
  }

  async function signIn(page: Page, key = server.key({ role: 'operator', name: 'ada' })): Promise<void> {
    await page.type('#key', key);
    await Promise.all([page.waitForNavigation(), page.click('form button')]);
  }

  async function ask(page: Page, description: string): Promise<void> {
    await page.type('#description', description);
    await Promise.all([page.waitForNavigation(), page.click('#ask button')]);
  }

  const shows = (page: Page, text: string) =>
    page.waitForFunction(
      (wanted) => (globalThis as unknown as { document: { body: { innerText: string } } }).document.body.innerText.includes(wanted),
      { timeout: 15_000 },
      text,
    );

  test('sign in, ask, watch it live, read the report, find it in the list, sign out', async () => {
    released = Promise.withResolvers();
    const { page, complaints } = await open();
    await signIn(page);
    await ask(page, 'slow checkout <script>alert(1)</script>');
    expect(new URL(page.url()).pathname).toMatch(/^\/incidents\/inc-\d+$/);
    await shows(page, 'evidence: 42 objects <b>read</b>');
    released.resolve();
    await shows(page, 'Insufficient Memory');
    expect(await page.$$eval('article', (all) => all.length)).toBeGreaterThan(0);
    await Promise.all([page.waitForNavigation(), page.click('.home')]);
    await shows(page, 'slow checkout <script>alert(1)</script>');
    await Promise.all([page.waitForNavigation(), page.click('#sign-out')]);
    expect(await page.$('#key')).not.toBeNull();
    expect(complaints).toEqual([]);
  });

  test('a run that is under way can be cancelled, and asked again', async () => {
    released = Promise.withResolvers();
    const { page } = await open();
    await signIn(page);
    await ask(page, 'slow orders');
    await shows(page, 'evidence: 42 objects');
    await page.click('[data-post=cancel]');
    released.resolve();
    await page.waitForSelector('[data-post=rerun]', { timeout: 15_000 });
    const before = page.url();
    await Promise.all([page.waitForNavigation(), page.click('[data-post=rerun]')]);
    expect(page.url()).not.toBe(before);
  });

  test('what the server refuses is said on the page', async () => {
    const { page } = await open();
    await signIn(page, server.key({ role: 'operator', namespaces: ['shop'] }));
    await page.$eval('#namespace', (field) => {
      (field as unknown as { value: string }).value = 'billing';
    });
    await page.type('#description', 'x');
    await page.click('#ask button');
    await shows(page, 'This key may not do that');
  });

  test('a key that is not known is said to be so', async () => {
    const { page } = await open();
    await signIn(page, 'sreo_no');
    await shows(page, 'This key is not known');
  });

  describe.each([
    [390, 'light'],
    [390, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('at %i px, %s', (width, scheme) => {
    test('nothing to scroll sideways, and axe finds nothing to mend on any page', async () => {
      const { page, complaints } = await open(width, scheme);
      const look = async (name: string): Promise<void> => {
        if (SCREENSHOTS !== undefined) await page.screenshot({ path: join(SCREENSHOTS, `${name}-${width}-${scheme}.png`) as `${string}.png` });
        const [content, room] = (await page.evaluate('[document.documentElement.scrollWidth, document.documentElement.clientWidth]')) as number[];
        expect(content, name).toBeLessThanOrEqual(room ?? 0);
        // The page forbids scripts of others; axe comes in through the debugger, which no policy binds.
        await page.evaluate(AXE);
        const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
        expect(violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
      };
      await look('sign-in');
      await signIn(page);
      released = Promise.withResolvers();
      await ask(page, `slow ${'a-very-long-name-without-any-place-to-break'.repeat(3)}`);
      await shows(page, 'evidence: 42 objects');
      await look('under-way');
      released.resolve();
      await shows(page, 'Insufficient Memory');
      await look('report');
      await Promise.all([page.waitForNavigation(), page.click('.home')]);
      await look('list');
      expect(complaints).toEqual([]);
    });
  });
});
