import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { CATALOGUE } from '../../src/errors/catalogue.ts';
import { asCoded, CodedError, coded } from '../../src/errors/coded-error.ts';
import { renderErrorsPage } from '../../src/errors/errors-page.ts';
import { type ErrorRow, EXIT } from '../../src/errors/row.ts';

const rows: [string, ErrorRow][] = Object.entries(CATALOGUE);

describe('the table of errors', () => {
  test('docs/errors.md is what `npm run docs` writes from it', async () => {
    expect(await readFile('docs/errors.md', 'utf8')).toBe(renderErrorsPage(CATALOGUE));
  });

  test.each(rows)('%s says one sentence, what to do, and a known exit code', (code, row) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(row.nextSteps.length).toBeGreaterThan(0);
    expect(row.nextSteps.every((step) => /[.:)]$/.test(step))).toBe(true);
    expect(Object.values(EXIT)).toContain(row.exitCode);
    expect(row.exitCode === EXIT.bug).toBe(row.kind === 'bug');
  });

  test('what has no code is a bug of ours, and keeps its cause', () => {
    const cause = new TypeError('x is undefined');
    expect(asCoded(cause)).toMatchObject({ code: 'UNEXPECTED', cause, row: { kind: 'bug' } });
    expect(asCoded('thrown text').message).toContain('thrown text');
  });

  test('a coded error stays what it is', () => {
    const error = coded('FILE_UNREADABLE', { path: '/x', reason: 'no such file' });
    expect(asCoded(error)).toBe(error);
    expect(error).toBeInstanceOf(CodedError);
    expect(error.message).toBe('The file /x cannot be read: no such file.');
  });
});
