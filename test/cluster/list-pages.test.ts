import { expect, test } from 'vitest';
import { listPages, type Page, type PageWish } from '../../src/cluster/list-pages.ts';
import { AnswerTooLarge } from '../../src/net/read-body.ts';

const pod = (name: string) => ({ metadata: { name } });
const signal = new AbortController().signal;

/** Pages of two, told ahead or not; what happens to them is written down in order. */
function pagesOf(names: readonly string[], { ahead = true, bytes = 10, failAt }: { ahead?: boolean; bytes?: number; failAt?: string } = {}) {
  const happened: string[] = [];
  const readPage = async ({ token = '0', limit }: PageWish): Promise<Page> => {
    happened.push(`ask ${token} for ${limit}`);
    await Promise.resolve();
    if (token === failAt) throw new Error('410');
    const from = Number(token);
    const to = from + Math.min(2, limit);
    const next = to < names.length ? String(to) : undefined;
    const open = () => {
      happened.push(`open ${token}`);
      return { items: names.slice(from, to).map(pod), token: next };
    };
    return { bytes, ahead: ahead ? next : undefined, open };
  };
  return { happened, readPage };
}

const list = (readPage: (wish: PageWish) => Promise<Page>, options: { maxItems?: number; maxBytes?: number } = {}) =>
  listPages(
    {
      kind: 'Pod',
      options: { pageSize: 2, ...options },
      readPage,
      isExpired: (error) => (error as Error | undefined)?.message === '410',
      reasonOf: (error) => (error as Error).message,
    },
    signal,
  );
const namesOf = ({ items }: Awaited<ReturnType<typeof list>>) => items.map(({ metadata }) => metadata.name);

test('asks for the next page before it opens the one at hand', async () => {
  const { happened, readPage } = pagesOf(['a', 'b', 'c', 'd', 'e']);
  expect(namesOf(await list(readPage))).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(happened).toEqual(['ask 0 for 2', 'ask 2 for 2', 'open 0', 'ask 4 for 2', 'open 2', 'open 4']);
});

test('asks for the next page afterwards where the answer does not tell before', async () => {
  const { happened, readPage } = pagesOf(['a', 'b', 'c'], { ahead: false });
  expect(namesOf(await list(readPage))).toEqual(['a', 'b', 'c']);
  expect(happened).toEqual(['ask 0 for 2', 'open 0', 'ask 2 for 2', 'open 2']);
});

test('asks for no page beyond its limit of items', async () => {
  const { happened, readPage } = pagesOf(['a', 'b', 'c', 'd', 'e', 'f']);
  const listing = await list(readPage, { maxItems: 3 });
  expect({ names: namesOf(listing), truncated: listing.truncated }).toEqual({ names: ['a', 'b', 'c'], truncated: true });
  expect(happened).toEqual(['ask 0 for 2', 'ask 2 for 1', 'open 0', 'open 2']);
});

test('asks for no page beyond its limit of bytes', async () => {
  const { happened, readPage } = pagesOf(['a', 'b', 'c'], { bytes: 10 });
  expect((await list(readPage, { maxBytes: 10 })).truncated).toBe(true);
  expect(happened).toEqual(['ask 0 for 2', 'open 0']);
});

test('keeps the page at hand when the one asked for meanwhile fails', async () => {
  const names = ['a', 'b', 'c'];
  const tooLarge = pagesOf(names);
  const cut = await list(async (wish) => {
    if (wish.token === '2') throw new Error('reset');
    return tooLarge.readPage(wish);
  });
  expect({ names: namesOf(cut), problems: cut.problems }).toEqual({
    names: ['a', 'b'],
    problems: ['pods: the list broke off after 2 items (reset)'],
  });
});

test('begins anew, once, when the token of the page asked for meanwhile has expired', async () => {
  const { happened, readPage } = pagesOf(['a', 'b', 'c'], { failAt: '2' });
  const listing = await list(readPage);
  expect({ names: namesOf(listing), truncated: listing.truncated }).toEqual({ names: ['a', 'b'], truncated: true });
  expect(happened.filter((entry) => entry.startsWith('ask 0'))).toHaveLength(2);
});

test('a first page that cannot be opened is the failure of the list, whatever became of the second', async () => {
  const broken = async ({ token }: PageWish): Promise<Page> => {
    if (token !== undefined) throw new AnswerTooLarge(1);
    return {
      bytes: 1,
      ahead: '2',
      open: () => {
        throw new Error('no JSON');
      },
    };
  };
  await expect(list(broken)).rejects.toThrow('no JSON');
});
