import { describe, expect, test } from 'vitest';
import type { RootCause } from '../../src/domain/cause.ts';
import type { Report } from '../../src/domain/report.ts';
import { judge } from './judge.ts';
import { type Expectation, scenarioSchema } from './scenario.ts';

const cause = (id: string, kind: string, name: string, level: RootCause['confidence_score'] = 'high'): RootCause =>
  ({ cause_id: id, object: { kind, namespace: 'shop', name }, confidence_score: level, confidence: 0.9, chain: [], affected: [] }) as unknown as RootCause;
const report = (...causes: RootCause[]): Report => ({ verdict: causes.length > 0 ? 'root-cause-found' : 'no-fault-found', root_causes: causes }) as Report;
const expectation = (expected: unknown): Expectation =>
  scenarioSchema.parse({ catalogue: ['A01'], what: 'a fault of a test', ask: 'why?', expect: expected, decisive: [{ event: 'x' }] }).expect;

const memory = { cause: ['memory', 'node-memory'], object: 'Deployment/orders' };
const orders = cause('memory', 'Deployment', 'orders');

describe('a fault', () => {
  test.each([
    ['the right cause on the right object', memory, [orders], []],
    ['a guess beside it', memory, [orders, cause('image', 'Deployment', 'web', 'low')], []],
    ['nothing', memory, [], ['first is no-fault-found', 'not named: memory or node-memory on Deployment/orders']],
    [
      'the right cause on another object',
      memory,
      [cause('memory', 'Deployment', 'web')],
      ['first is memory on Deployment/web (high 0.9)', 'not named: memory or node-memory on Deployment/orders'],
    ],
    ['something else besides', memory, [orders, cause('image', 'Deployment', 'web')], ['also named image on Deployment/web (high 0.9)']],
    ['something else first', memory, [cause('image', 'Deployment', 'web'), orders], ['first is image on Deployment/web (high 0.9)']],
    ['no chain', { ...memory, chain: ['Service/ord*'] }, [orders], ['the chain lacks Service/ord*']],
    ['a chain', { ...memory, chain: ['Service/ord*'] }, [{ ...orders, affected: [{ kind: 'Service', namespace: 'shop', name: 'orders' }] }], []],
    ['one of two', { ...memory, also: [{ cause: 'image', object: 'Deployment/web' }] }, [orders], ['not named: image on Deployment/web']],
    ['both of two, in any order', { ...memory, also: [{ cause: 'image', object: 'Deployment/web' }] }, [cause('image', 'Deployment', 'web'), orders], []],
  ])('%s', (_, expected, causes, problems) => {
    expect(judge(expectation(expected), report(...causes)).problems).toEqual(problems);
  });
});

test('of a healthy state nothing may be named, not even as a guess', () => {
  expect(judge(expectation('healthy'), report()).right).toBe(true);
  expect(judge(expectation('healthy'), report(cause('memory', 'Deployment', 'orders', 'low'))).right).toBe(false);
});
