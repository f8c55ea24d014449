import { describe, expect, test } from 'vitest';
import { blocksOf, PAGES } from './pages/blocks.ts';
import { typePage } from './pages/typed-page.ts';

const PAGES_TO_TYPE = PAGES.filter((page) => blocksOf(page).some(({ language }) => language === 'console'));

// Everything in a ```console block is typed as it stands, against the example dump or a server of the page's own.
describe.concurrent('typed as it stands', () => {
  test('the first page is among them', () => expect(PAGES_TO_TYPE).toContain('README.md'));

  test.each(PAGES_TO_TYPE)(
    '%s',
    async (page) => {
      const { typed, problems } = await typePage(page);
      expect(problems).toEqual([]);
      expect(typed).toBeGreaterThan(0);
    },
    60_000,
  );
});
