import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../src/runbooks/load-runbooks.ts';
import type { Runbook } from '../../src/runbooks/runbook.ts';
import { type Embed, RunbookShelf } from '../../src/runbooks/runbook-shelf.ts';

const NEVER = new AbortController().signal;
const book = (text: string, path = 'a.md'): Runbook => {
  const parsed = parseRunbook(text, path);
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
};

const MEMORY = book(
  '---\nname: Memory of checkout\ndescription: what to do when checkout is killed\ncauses: [container-memory-*]\nkinds: [Deployment]\n---\nCall the shop team first.\n\n## Raise the limit\nThe limit is in checkout.yaml.\n```\n# not a heading\n```\n',
  'memory.md',
);
const DISK = book('---\nname: Full disks\n---\n## Find what fills it\nUse du on the volume; rotate the journal.\n', 'disk.md');
const CAUSE = {
  cause_id: 'container-memory-limit-exceeded',
  title: 'Insufficient Memory',
  mechanism: 'Container app exceeded its limit.',
  object: { kind: 'Deployment', namespace: 'shop', name: 'checkout' },
};

describe('a runbook', () => {
  test('has sections at its headings, not in its code', () => {
    expect(MEMORY.sections).toEqual([
      { title: null, text: 'Call the shop team first.' },
      { title: 'Raise the limit', text: 'The limit is in checkout.yaml.\n```\n# not a heading\n```' },
    ]);
  });

  test.each([
    ['# Only text', 'it has no front matter'],
    ['---\nname: [\n---\n', 'its front matter is no YAML'],
    ['---\ndescription: x\n---\n', 'name'],
    ['---\nname: x\nauthor: y\n---\n', 'author'],
  ])('%j cannot be used', (text, problem) => {
    expect(parseRunbook(text, 'a.md')).toContain(problem);
  });
});

describe('a shelf of runbooks', () => {
  test('gives what is written for the cause', async () => {
    expect(await new RunbookShelf([DISK, MEMORY]).forReport({ description: 'checkout restarts', causes: [CAUSE] }, NEVER)).toMatchObject([
      {
        name: 'Memory of checkout',
        section: null,
        path: 'memory.md',
        excerpt: 'Call the shop team first.',
        cause_id: 'container-memory-limit-exceeded',
        found_by: 'cause',
      },
    ]);
  });

  test('finds by words, where there is no cause', async () => {
    const found = await new RunbookShelf([DISK, MEMORY]).forReport({ description: 'the volume is full, rotate what?', causes: [] }, NEVER);
    expect(found[0]).toMatchObject({ name: 'Full disks', section: 'Find what fills it', found_by: 'words' });
    expect(await new RunbookShelf([DISK]).forReport({ description: 'xyzzy', causes: [] }, NEVER)).toEqual([]);
  });

  test('finds by meaning too, and by words alone when that fails', async () => {
    // One dimension for storage, one for everything else.
    const embed: Embed = async (texts) => texts.map((text) => (/disk|volume|storage/i.test(text) ? [1, 0.1] : [0.1, 1]));
    const near = await new RunbookShelf([DISK, MEMORY], embed).forReport({ description: 'no storage left', causes: [] }, NEVER);
    expect(near[0]).toMatchObject({ name: 'Full disks', found_by: 'meaning' });
    const broken: Embed = async () => Promise.reject(new Error('gone'));
    expect((await new RunbookShelf([DISK], broken).forReport({ description: 'full disks', causes: [] }, NEVER))[0]).toMatchObject({ found_by: 'words' });
  });
});
