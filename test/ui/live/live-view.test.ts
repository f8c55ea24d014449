import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/domain/finding.ts';
import type { InvestigationEvent } from '../../../src/domain/investigation-event.ts';
import { EMPTY_VIEW, type LiveView, withEvent, withWarning } from '../../../src/ui/live/live-view.ts';

const seen = (...events: InvestigationEvent[]): LiveView => events.reduce(withEvent, EMPTY_VIEW);
const read = (text: string): InvestigationEvent => ({ type: 'read-completed', at: '', text, duration_ms: 1, coverage: null });
const gap = (what: string): InvestigationEvent => ({ type: 'gap-found', gap: { what, why: 'forbidden', needs: `get ${what}` } });
const finding = (name: string, role: Finding['role'] = 'cause'): InvestigationEvent =>
  ({ type: 'finding-added', finding: { title: 'Insufficient Memory', role, object: { kind: 'Deployment', namespace: 'shop', name } } }) as InvestigationEvent;
const texts = ({ finished }: LiveView): string[] => finished.map(({ mark, text, detail }) => `${mark}: ${text} | ${detail}`);

describe('what a person sees of a run', () => {
  test('the incident, and where it is read from', () => {
    const target = { reader: 'live', cluster: 'prod', context: 'prod-eu', server_version: 'v1.34.4' } as const;
    const started: InvestigationEvent = { type: 'investigation-started', incident_id: 'inc-1', description: '', created_at: '', target, engine_version: '1' };
    expect(texts(seen(started))).toEqual(['start: incident inc-1 | prod-eu']);
    expect(texts(seen({ ...started, target: { ...target, reader: 'snapshot', context: null } }))).toEqual(['start: incident inc-1 | a dump of prod']);
  });

  test('the last reads of the step under way, and how many there were', () => {
    const stage: InvestigationEvent = { type: 'stage-started', stage: 'evidence', at: '' };
    const view = seen(stage, ...Array.from({ length: 20 }, (_, index) => read(`pods in ns-${index}`)));
    expect(view).toMatchObject({ doing: 'reading the cluster', readCount: 20 });
    expect(view.reads).toHaveLength(8);
    expect(view.reads.at(-1)).toBe('pods in ns-19');
    expect(withEvent(view, { type: 'stage-completed', stage: 'evidence', at: '', duration_ms: 1, summary: '' }).reads).toEqual([]);
  });

  test('each possible cause once, symptoms only counted', () => {
    const view = seen(finding('checkout'), finding('checkout'), finding('cart'), finding('web', 'symptom'));
    expect(view.findingCount).toBe(4);
    expect(texts(view)).toEqual(['finding: Insufficient Memory | Deployment shop/checkout', 'finding: Insufficient Memory | Deployment shop/cart']);
  });

  test('no more lines than leave the report in sight', () => {
    const many = Array.from({ length: 40 }, (_, index) => [finding(`app-${index}`), gap(`logs ${index}`)]).flat();
    const view = seen(...many);
    expect(view).toMatchObject({ findingCount: 40, gapCount: 40 });
    expect(view.finished.filter(({ mark }) => mark === 'finding')).toHaveLength(12);
    expect(view.finished.filter(({ mark }) => mark === 'gap')).toHaveLength(5);
  });

  test('nothing that a terminal would obey', () => {
    const view = seen(read('pods\u001b[2J in shop'), gap('a\u001b]0;title\u0007b'));
    expect([...view.reads, ...texts(view)].join()).not.toContain('\u001b');
  });

  test('lines keep their place and their number', () => {
    const view = withWarning(seen(gap('events'), finding('checkout')), 'the disk is full');
    expect(view.finished.map(({ id }) => id)).toEqual([0, 1, 2]);
    expect(texts(view).at(-1)).toBe('failed: the disk is full | ');
  });
});
