import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/domain/report.ts';
import { DUMPS } from '../../main/program.ts';
import { type Answer, cutAfter, dies, hangs, LlmServer, refuses, says } from '../llm-server.ts';
import { type Answered, anInvestigation } from './an-investigation.ts';
import { idOf, plays } from './conversations.ts';

const MEMORY = { snapshot: join(DUMPS, 'memory-limit'), ask: 'checkout keeps restarting in orders' };

describe('a model beside the engine', () => {
  test('that is wrong and sure of itself changes no cause, and its inventions are marked', async () => {
    const plain = await anInvestigation(MEMORY);
    await using server = await LlmServer.start(
      plays({
        rounds: [[{ name: 'get_logs', arguments: { pod: 'payments-7f9c4-xk2lp', namespace: 'orders' } }]],
        final: () => ({
          narrative:
            'The deploy of payments-gateway-v42 broke checkout with high confidence [ev-1]. Pod payments-7f9c4-xk2lp ran out of connections [ev-999]. It restarted 4711 times [ev-1]. Everything is clear.',
          causes: [
            {
              title: 'Bad deploy',
              kind: 'Deployment',
              namespace: 'orders',
              name: 'payments-gateway-v42',
              mechanism: 'The new version leaks, confidence high.',
              evidence: [{ id: 'ev-1', quote: 'leaks connections' }],
            },
            {
              title: 'Bad deploy',
              kind: 'Pod',
              namespace: 'orders',
              name: 'payments-7f9c4-xk2lp',
              mechanism: 'It crashes.',
              evidence: [{ id: 'ev-999', quote: 'it crashes' }],
            },
          ],
          hypotheses: ['Perhaps the network was slow.'],
        }),
      }),
    );
    const { report } = await anInvestigation({ ...MEMORY, server });
    expect(report.root_causes).toEqual(plain.report.root_causes);
    expect(report.confidence_score).toBe(plain.report.confidence_score);
    expect(report.analysis?.narrative).toBeNull();
    expect(report.analysis?.hypotheses.every(({ supported }) => !supported)).toBe(true);
    expect(report.analysis?.hypotheses.map(({ reason }) => reason)).toEqual([
      'it rates its own confidence, which only the computation can',
      'it cites evidence that this run does not have',
      'nothing of this run shows 4711',
      'it cites no evidence',
      'what it quotes does not stand in the evidence that it cites',
      'it cites no evidence of this run',
      'it is a guess of the model',
    ]);
    expect(report.engine.llm).toMatchObject({ model: 'small', steps: 2, stopped_by: null, estimated: false });
  });

  test('that blames an innocent object with true evidence about another is not believed', async () => {
    await using server = await LlmServer.start(
      plays({
        rounds: [[{ name: 'list_objects', arguments: { kind: 'deployments', namespace: 'orders' } }]],
        final: (asked) => ({
          narrative: '',
          causes: [
            {
              title: 'Old node',
              kind: 'Node',
              namespace: null,
              name: 'node-1',
              mechanism: 'It is old.',
              evidence: [{ id: idOf(asked, 'deployments in orders'), quote: 'deployments in orders' }],
            },
          ],
          hypotheses: [],
        }),
      }),
    );
    const { report } = await anInvestigation({ ...MEMORY, server });
    expect(report.root_causes[0]?.object.name).toBe('checkout');
    expect(report.analysis?.hypotheses[0]?.supported).toBe(false);
  });

  test('tells what it saw, with evidence', async () => {
    await using server = await LlmServer.start(
      plays({
        rounds: [
          [
            { name: 'describe_object', arguments: { kind: 'Deployment', name: 'checkout', namespace: 'orders' } },
            { name: 'get_events', arguments: { namespace: 'orders' } },
          ],
        ],
        final: (asked) => ({ narrative: `Deployment checkout was killed for its memory [${idOf(asked, 'OOMKilled')}].`, causes: [], hypotheses: [] }),
      }),
    );
    const { report, events } = await anInvestigation({ ...MEMORY, server });
    expect(report.analysis?.narrative).toMatch(/^Deployment checkout was killed for its memory \[ev-\d+\]\.$/);
    expect(events.filter(({ type }) => type === 'model-stepped')).toMatchObject([
      { text: expect.stringMatching(/^describe_object Deployment checkout orders; get_events orders \(step 1 of 12, \d+ of 200000 tokens, \d+ of 20 s\)$/) },
    ]);
    expect(report.engine.llm).toMatchObject({ calls: 4, input_tokens: 400, output_tokens: 40 });
  });

  test('that asks the same for ever is asked for its answer', async () => {
    const again = [{ name: 'get_events', arguments: { namespace: 'orders' } }];
    await using server = await LlmServer.start(
      plays({ rounds: Array.from({ length: 50 }, () => again), final: () => ({ narrative: '', causes: [], hypotheses: ['It may be late.'] }) }),
    );
    const { report } = await anInvestigation({ ...MEMORY, server });
    expect(report.engine.llm).toMatchObject({ steps: 3, stopped_by: 'asking the same again and again' });
    expect(report.analysis?.hypotheses.map(({ text }) => text)).toEqual(['It may be late.']);
  });

  test.each([
    [{ steps: 3, tokens: 200_000, milliseconds: 20_000 }, '3 steps'],
    [{ steps: 50, tokens: 1_000, milliseconds: 20_000 }, '1000 tokens'],
    [{ steps: 50, tokens: 200_000, milliseconds: 20_000, cost: 0.001 }, 'a cost of 0.001'],
  ])('answers within its budget: %j', async (limits, stoppedBy) => {
    let count = 0;
    const asksOn: Answer = plays({
      rounds: Array.from({ length: 60 }, () => [{ name: 'get_events', arguments: { namespace: `orders${count++}` } }]),
      final: () => ({ narrative: '', causes: [], hypotheses: ['Late but here.'] }),
    });
    await using server = await LlmServer.start(asksOn);
    const { report } = await anInvestigation({ ...MEMORY, server, model: { limits, prices: { input: 1, output: 2 } } });
    expect(report.engine.llm?.stopped_by).toBe(stoppedBy);
    expect(report.engine.llm?.cost).toBeGreaterThan(0);
    expect(report.analysis?.hypotheses[0]?.text).toBe('Late but here.');
  });

  test('finds again what was left out of a conversation that is longer than its window', async () => {
    const rounds = [
      [{ name: 'get_object', arguments: { kind: 'Deployment', name: 'checkout', namespace: 'orders' } }],
      [{ name: 'read_more', arguments: { result: 'r1', grep: 'image:' } }],
      [{ name: 'read_more', arguments: { result: 'r9' } }],
      [
        { name: 'no_such_tool', arguments: {} },
        { name: 'get_object', arguments: { kind: 'Secret', name: 'db', namespace: 'orders' } },
        { name: 'get_logs', arguments: {} },
      ],
    ];
    await using server = await LlmServer.start(plays({ rounds, final: () => ({ narrative: '', causes: [], hypotheses: [] }) }));
    await anInvestigation({ ...MEMORY, server, model: { contextTokens: 2_048 } });
    const told = server.asked.flatMap(({ messages }) => messages.filter(({ role }) => role === 'tool').map(({ content }) => content)).join('\n');
    expect(told).toMatch(/r1: left out to save space; its evidence: ev-\d+; it begins: .*; read_more \{"result": "r1"\} shows it/);
    expect(told).toMatch(/image:/);
    expect(told).toContain('there is no result "r9"');
    expect(told).toContain('there is no tool \\"no_such_tool\\"'.replaceAll('\\', ''));
    expect(told).toContain('Secrets are never read');
    expect(told).toContain('the arguments cannot be used: pod');
  });

  test('understands loose words by names that exist, and no others', async () => {
    const names = {
      workloads: ['checkout', 'made-up'],
      services: [],
      pods: [],
      nodes: [],
      namespace: 'nowhere',
      error_summary: 'restarts',
      since: null,
      until: null,
    };
    await using server = await LlmServer.start(plays({ names, final: () => ({ narrative: '', causes: [], hypotheses: [] }) }));
    const { report } = await anInvestigation({ snapshot: MEMORY.snapshot, ask: 'people cannot pay', server });
    expect(report.extracted_entities).toMatchObject({ workloads: ['checkout'], namespace: 'orders' });
    const contrary = { ...names, workloads: ['storefront'] };
    await using other = await LlmServer.start(plays({ names: contrary, final: () => ({ narrative: '', causes: [], hypotheses: [] }) }));
    expect((await anInvestigation({ ...MEMORY, server: other })).report.extracted_entities.workloads).toEqual(['checkout']);
  });
});

const good = (): Answer =>
  plays({
    rounds: [[{ name: 'get_events', arguments: { namespace: 'orders' } }], [{ name: 'list_objects', arguments: { kind: 'Pod', namespace: 'orders' } }]],
    final: () => ({ narrative: '', causes: [], hypotheses: ['x'] }),
  });
const page = refuses(200, '<html>log in</html>');
const busy = refuses(429, { error: { message: 'rate limit reached' } });

/** A good endpoint until request `count`, then `answer` for ever. */
const from = (count: number, answer: Answer): Answer => {
  let asked = 0;
  const able = good();
  return (response, request) => (asked++ < count ? able(response, request) : answer(response, request));
};

let computed: Promise<Answered> | undefined;

/** What is computed stands whatever the endpoint did. */
async function expectOwnCauses(report: Report): Promise<void> {
  computed ??= anInvestigation(MEMORY);
  const { root_causes: causes, verdict } = (await computed).report;
  expect([report.root_causes, report.verdict]).toEqual([causes, verdict]);
}

const lostIn = ({ gaps }: Report): string =>
  gaps
    .filter(({ what }) => what.includes('language model'))
    .map(({ detail }) => detail)
    .join('\n');

describe.each<[string, Answer, string]>([
  ['dies', dies, 'LLM_UNREACHABLE'],
  ['hangs', hangs, 'LLM_TIMED_OUT'],
  ['answers garbage', says('%%% no json %%%', { more: { tool_calls: 'nonsense' } }), 'LLM_ANSWER_UNUSABLE'],
  ['answers with a page', page, 'LLM_ANSWER_UNUSABLE'],
  ['has no time for a minute', busy, 'LLM_OVERLOADED'],
  ['breaks off', cutAfter('{"narr'), 'LLM_UNREACHABLE'],
])('an endpoint that %s', (_, answer, code) => {
  // 0: reading the names; 1 to 3: rounds; 4: the final answer.
  test.each([0, 1, 2, 3, 4])('from request %i on costs only what it would have added', async (count) => {
    await using server = await LlmServer.start(from(count, answer));
    const { report, ms } = await anInvestigation({ ...MEMORY, server, idleMs: 150, model: { limits: { steps: 12, tokens: 200_000, milliseconds: 5_000 } } });
    expect(lostIn(report)).toContain(code);
    expect(ms).toBeLessThan(8_000);
    await expectOwnCauses(report);
  });
});

test.each([0, 1, 2, 3, 4])('an endpoint that hangs from request %i on, for longer than the model was given, is not waited for', async (count) => {
  await using server = await LlmServer.start(from(count, hangs));
  const { report, ms } = await anInvestigation({ ...MEMORY, server, idleMs: 60_000, model: { limits: { steps: 12, tokens: 200_000, milliseconds: 800 } } });
  expect(lostIn(report)).toMatch(/it had not answered after 0.8 s/);
  expect(ms).toBeLessThan(4_000);
  await expectOwnCauses(report);
});

test('an answer that breaks off is asked for once more, and nothing of it is told twice', async () => {
  const script = good();
  let broken = 0;
  // Every other request breaks off in the middle of its first words.
  const breaks: Answer = (response, request) => (broken++ % 2 === 0 ? cutAfter('{"narrative": "Half a')(response, request) : script(response, request));
  await using server = await LlmServer.start(breaks);
  await using whole = await LlmServer.start(good());
  const [cut, uncut] = [await anInvestigation({ ...MEMORY, server }), await anInvestigation({ ...MEMORY, server: whole })];
  const told = ({ events }: typeof cut): unknown[] =>
    events.flatMap((event) => (event.type === 'model-stepped' ? [event.text.replace(/, \d+ of \d+ tokens.*/, '')] : []));
  expect(told(cut)).toEqual(told(uncut));
  expect(told(cut)).toHaveLength(2);
  expect(cut.report.analysis).toEqual(uncut.report.analysis);
  expect(JSON.stringify(cut.events)).not.toContain('Half a');
  expect(server.asked).toHaveLength(2 * whole.asked.length);
});
