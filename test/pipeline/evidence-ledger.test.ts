import { describe, expect, test } from 'vitest';
import type { EvidenceDraft } from '../../src/domain/evidence.ts';
import { EvidenceLedger } from '../../src/pipeline/evidence-ledger.ts';

const AT = '2026-01-31T10:00:00.000Z';
const draft: EvidenceDraft = { source: 'object', object: { kind: 'Pod', namespace: 'shop', name: 'a' }, field_path: 'status.phase', excerpt: 'Running' };
const ledger = (redact = (text: string): string => text): EvidenceLedger => new EvidenceLedger({ redact, readAt: AT });

describe('the evidence ledger', () => {
  test('gives ids in the order of citing, and the same id for the same piece', () => {
    const book = ledger();
    expect([book.cite(draft), book.cite({ ...draft, excerpt: 'Failed' }), book.cite({ ...draft })]).toEqual(['ev-1', 'ev-2', 'ev-1']);
    expect(book.all().map(({ id }) => id)).toEqual(['ev-1', 'ev-2']);
    expect(book.get('ev-2')).toMatchObject({ excerpt: 'Failed', collected_at: AT });
    expect(book.get('ev-3')).toBeUndefined();
  });

  test.each<[string, Partial<EvidenceDraft>]>([
    ['object', { object: { kind: 'Pod', namespace: 'shop', name: 'b' } }],
    ['source', { source: 'event' }],
    ['field', { field_path: 'status.reason' }],
    ['container', { container: 'app' }],
  ])('another %s is another piece', (_, change) => {
    const book = ledger();
    expect(book.cite(draft)).not.toBe(book.cite({ ...draft, ...change }));
  });

  test('keeps nothing that the redactor took out', () => {
    const book = ledger((text) => text.replace('hunter2', '[redacted]'));
    book.cite({ ...draft, excerpt: 'password hunter2' });
    expect(book.all()[0]?.excerpt).toBe('password [redacted]');
  });

  test('cuts what is long, and says how much', () => {
    const book = ledger();
    book.cite({ ...draft, excerpt: 'x'.repeat(2_005) });
    expect(book.all()[0]?.excerpt).toBe(`${'x'.repeat(2_000)} … (5 more characters)`);
  });

  test('hands out what is fresh once', () => {
    const book = ledger();
    book.cite(draft);
    expect(book.takeFresh().map(({ id }) => id)).toEqual(['ev-1']);
    book.cite(draft);
    expect(book.takeFresh()).toEqual([]);
  });

  test('keeps the time at which a piece was read, where it has one', () => {
    const book = ledger();
    book.cite({ ...draft, collected_at: '2026-01-31T09:00:00Z' });
    expect(book.all()[0]?.collected_at).toBe('2026-01-31T09:00:00Z');
  });
});
