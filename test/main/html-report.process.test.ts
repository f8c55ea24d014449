import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DUMPS, expectCode, Home } from './program.ts';

const CHROMIUM = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path !== undefined && existsSync(path));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// apt-get install chromium; elsewhere CHROMIUM names a browser.
describe.runIf(CHROMIUM !== undefined)('the report as a page, in a browser', () => {
  const home = new Home();
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    const ask = ['investigate', 'checkout is failing', '--no-store', '--snapshot', join(DUMPS, 'memory-limit'), '-o', 'html', '--quiet'];
    const file = join(home.path, 'report.html');
    writeFileSync(file, expectCode(await home.run(ask), 0).stdout);
    url = pathToFileURL(file).href;
    browser = await launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox', '--disable-gpu'], userDataDir: join(home.path, 'browser') });
  });
  afterAll(async () => {
    await browser.close();
    home[Symbol.dispose]();
  });

  async function open(width: number, scheme: 'light' | 'dark' = 'light'): Promise<{ page: Page; requests: string[]; complaints: string[] }> {
    const page = await browser.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.setViewport({ width, height: 800 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(url);
    return { page, requests, complaints };
  }

  test.each([390, 1280])('at %i px: no complaint, no request, nothing to scroll sideways', async (width) => {
    const { page, requests, complaints } = await open(width);
    await page.$$eval('details', (all) => {
      for (const one of all) one.open = true;
    });
    const [content, room] = await page
      .evaluate('[document.documentElement.scrollWidth, document.documentElement.clientWidth]')
      .then((pair) => pair as number[]);
    expect(content).toBeLessThanOrEqual(room ?? 0);
    expect(requests.filter((each) => each !== url && !each.startsWith('data:'))).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.title()).toBe('Root cause: Insufficient Memory, Deployment orders/checkout');
  });

  test.each(['light', 'dark'] as const)('on a %s background axe finds nothing to mend', async (scheme) => {
    const { page } = await open(1280, scheme);
    // The page forbids scripts; axe comes in through the debugger, which no policy binds.
    await page.evaluate(AXE);
    const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });
});
