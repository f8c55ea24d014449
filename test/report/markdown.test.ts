import { describe, expect, test } from 'vitest';
import { objectRef } from '../../src/domain/object-ref.ts';
import { code, codeBlock, prose } from '../../src/report/markdown/escape.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { DATABASE_KILLED, EVIDENCE, fullReport, noFault, undetermined } from './reports.ts';

describe('a report as Markdown', () => {
  test.each([
    ['full', fullReport()],
    ['undetermined', undetermined()],
    ['no-fault', noFault()],
  ] as const)('looks like %s.md', async (name, report) => {
    await expect(renderMarkdown(report)).toMatchFileSnapshot(`snapshots/${name}.md`);
  });

  test('is bounded', () => {
    const many = Array.from({ length: 200 }, (_, index) => index);
    const text = renderMarkdown(
      fullReport({
        observations: many.map((index) => ({ text: `remark ${index}`, object: null, evidence_ids: [] })),
        root_causes: [{ ...DATABASE_KILLED, affected: many.map((index) => objectRef('Pod', 'shop', `p-${index}`)) }],
      }),
    );
    expect(text).toContain('- and 180 more');
    expect(text).toContain('and 150 more');
  });

  test('a log cannot close its block', () => {
    const [first] = EVIDENCE;
    if (first === undefined) throw new Error('the fixture has evidence');
    const text = renderMarkdown(fullReport({ evidence: [{ ...first, excerpt: '```\n# a heading\n````' }] }));
    expect(text).toContain('  `````text\n  ```\n  # a heading\n  ````\n  `````');
  });
});

describe('prose', () => {
  test.each([
    ['markup', '*bold* _it_ `code` ~~no~~', '\\*bold\\* \\_it\\_ \\`code\\` \\~\\~no\\~\\~'],
    ['HTML', '<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)\\>'],
    ['entities', '&lt;b&gt;', '\\&lt;b\\&gt;'],
    ['links and images', '![x](http://e.example/?q)', '!\\[x\\](http:\u2060//e.example/?q)'],
    ['bare links', 'see https://e.example and www.e.example', 'see https:\u2060//e.example and www\u2060.e.example'],
    ['mentions and references', '@team fixes #12', '@\u2060team fixes \\#\u206012'],
    ['table cells', 'a | b', 'a \\| b'],
    ['headings', '# title', '\\# title'],
    ['lists', '- item', '\\- item'],
    ['numbered lists', '1. item', '1\\. item'],
    ['rules', '--- x', '\\--- x'],
    ['several lines', 'a\n# b', 'a \\# b'],
    ['ordinary words', 'limit 256Mi (was 1Gi), 3.5 s', 'limit 256Mi (was 1Gi), 3.5 s'],
  ])('shows %s as it was written', (_, given, expected) => {
    expect(prose(given)).toBe(expected);
  });
});

test('code holds any text', () => {
  expect(code('a`b')).toBe('``a`b``');
  expect(code('`a')).toBe('`` `a ``');
  expect(code('')).toBe('');
  expect(codeBlock('x')).toBe('```text\nx\n```');
});
