import { describe, expect, test } from 'vitest';
import type { Ask } from '../../src/session/ask.ts';
import { interpret } from '../../src/session/interpret.ts';
import { aReport } from '../fixtures/report.ts';

const report = aReport();
const told = (line: string): Ask | undefined => interpret(line, report);

describe('what is asked of the report', () => {
  test.each<[string, Ask['ask']]>([
    ['why?', 'why'],
    ['But why?', 'why'],
    ['How do you know that?', 'why'],
    ['how sure are you?', 'confidence'],
    ['how does it spread', 'chain'],
    ['What should I do?', 'remedy'],
    ['so how do I fix it', 'remedy'],
    ['what now', 'remedy'],
    ['who is affected?', 'affected'],
    ['blast radius', 'affected'],
    ['when did it start?', 'timeline'],
    ['what did you rule out', 'ruled-out'],
    ['what could you not see?', 'gaps'],
    ['anything else?', 'others'],
    ['what is the root cause', 'brief'],
    ['is it fixed?', 'again'],
    ['check again please', 'again'],
  ])('%s', (line, ask) => {
    expect(told(line)).toMatchObject({ ask });
  });

  test.each<[string, string[]]>([
    ['show evidence', []],
    ['show evidence 3', ['ev-3']],
    ['Show me evidence 3 and 5', ['ev-3', 'ev-5']],
    ['ev-12', ['ev-12']],
  ])('%s', (line, which) => {
    expect(told(line)).toEqual({ ask: 'evidence', which });
  });
});

describe('what a read or two answers', () => {
  test.each<[string, Ask]>([
    ['logs of checkout', { ask: 'logs', name: 'checkout' }],
    ['show me the last 50 lines of the logs of the checkout service', { ask: 'logs', name: 'checkout', lines: 50 }],
    ['previous logs of cart-store', { ask: 'logs', name: 'cart-store', previous: true }],
    ['logs of checkout -c app', { ask: 'logs', name: 'checkout', container: 'app' }],
    ["show checkout's logs", { ask: 'logs', name: 'checkout' }],
    ['its logs', { ask: 'logs', name: 'checkout' }],
    ['events', { ask: 'events' }],
    ['events of cart-store', { ask: 'events', name: 'cart-store' }],
    ['describe deployment/checkout', { ask: 'describe', name: 'deployment/checkout' }],
    ['describe node node-1', { ask: 'describe', name: 'node/node-1' }],
    ['how is the checkout service doing?', { ask: 'describe', name: 'checkout' }],
    ['what changed?', { ask: 'changes' }],
    ['what has changed in cart-store recently', { ask: 'changes', name: 'cart-store' }],
    ['what depends on redis', { ask: 'graph', query: { ask: 'dependents', name: 'redis' } }],
    ['who calls it?', { ask: 'graph', query: { ask: 'dependents', name: 'checkout' } }],
    ['what does checkout depend on?', { ask: 'graph', query: { ask: 'depends-on', name: 'checkout' } }],
    ['path from web to redis', { ask: 'graph', query: { ask: 'path', name: 'web', to: 'redis' } }],
    ['what if I had no access to logs', { ask: 'suppose', without: ['logs'] }],
    ['what if I could not see events and config maps?', { ask: 'suppose', without: ['Event', 'ConfigMap'] }],
    ['without secrets', { ask: 'suppose', without: ['Secret'] }],
    ['is it DNS?', { ask: 'is-it', suspect: 'dns' }],
    ['could it be the database', { ask: 'is-it', suspect: 'database' }],
    ['did you rule out the network?', { ask: 'is-it', suspect: 'network' }],
    ['is redis the culprit?', { ask: 'is-it', suspect: 'redis' }],
  ])('%s', (line, ask) => {
    expect(told(line)).toEqual(ask);
  });
});

describe('what describes an incident', () => {
  test.each([
    'checkout is failing in shop',
    'why is checkout failing?',
    'is anything wrong?',
    'show me why checkout restarts',
    'pods keep restarting since the last deployment',
    'what is wrong with billing',
    'events are not delivered to billing',
    'logs of checkout show connection refused since 10:00',
    'checkout cannot reach the database',
    'the database is down\nand so is checkout',
  ])('%s', (line) => {
    expect(told(line)).toBeUndefined();
  });

  test('a suspicion, as long as nothing was found', () => {
    expect(interpret('is it the database?', undefined)).toBeUndefined();
  });

  test('whatever was pasted, and quickly', () => {
    const started = performance.now();
    expect(told('what if '.repeat(20_000))).toBeUndefined();
    expect(told(`what ${'is '.repeat(50)}`)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(200);
  });
});
