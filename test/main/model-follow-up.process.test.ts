import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { idOf, plays } from '../llm/agent/conversations.ts';
import { type Answer, type Asked, dies, LlmServer } from '../llm/llm-server.ts';
import { DUMPS, type Ended, expectCode, Home } from './program.ts';

const home = new Home();
afterAll(() => home[Symbol.dispose]());

const DUMP = join(DUMPS, 'memory-limit');
const INCIDENT = 'checkout keeps restarting in orders';

/** What is asked in an investigation is answered with nothing; what is asked after it by `answer`. */
const afterwards = (answer: Answer): Answer => {
  const quiet = plays({ final: () => ({ narrative: '', causes: [], hypotheses: [] }) });
  return (response, asked) => (followsUp(asked) ? answer : quiet)(response, asked);
};
const followsUp = ({ messages }: Asked): boolean => messages.some(({ content }) => content?.includes('This follows the investigation of'));

async function said(server: LlmServer, lines: readonly string[], more = ''): Promise<Ended & { readonly followUps: readonly Asked[] }> {
  const typed = lines.map((line) => `'${line}'`).join(' ');
  const env = { LLM_BASE_URL: server.url, LLM_MODEL: 'small', COLUMNS: '200' };
  const ended = await home.shell(`printf '%s\\n' ${typed} | $SRE chat --snapshot ${DUMP} --no-store ${more}`, { env });
  return { ...ended, followUps: server.asked.filter(followsUp) };
}

describe('a question that only a model can answer', () => {
  test('goes to it with the report and the tools; what it cites can be asked for', async () => {
    const model = plays({
      rounds: [
        [{ name: 'get_object', arguments: { kind: 'Deployment', name: 'checkout', namespace: 'orders', field: 'spec.template.spec.containers.0.image' } }],
      ],
      final: (asked) => ({
        narrative: `Deployment checkout runs this image [${idOf(asked, 'spec.template.spec.containers.0.image')}].`,
        causes: [],
        hypotheses: [],
      }),
    });
    await using server = await LlmServer.start(afterwards(model));
    const { stdout, followUps } = expectFine(await said(server, [INCIDENT, 'which image does checkout run?']));
    expect(stdout).toMatch(/Deployment checkout runs this image \[ev-\d+\]\.\n[\s\S]*What shows it\n {2}ev-\d+ Deployment orders\/checkout: /);
    // It was told what the engine found, and offered what reads, and nothing else.
    expect(followUps[0]?.messages.at(-1)?.content).toMatch(/which image does checkout run\?[\s\S]*Insufficient Memory/);
    expect(followUps[0]?.tools?.map(({ function: { name } }) => name)).toEqual(expect.arrayContaining(['get_object', 'get_logs', 'query_graph']));
    expect(stdout.match(/Insufficient Memory, Deployment orders\/checkout/g)).toHaveLength(1);
  });

  test('whatever it makes up is marked, and changes nothing of what was found', async () => {
    const model = plays({
      final: () => ({
        narrative: 'The release v42 of payments broke it [ev-1]. It restarted 4711 times [ev-999].',
        causes: [],
        hypotheses: ['Perhaps the disk is slow.'],
      }),
    });
    await using server = await LlmServer.start(afterwards(model));
    const { stdout } = expectFine(await said(server, [INCIDENT, 'who released something before it?', 'summary']));
    expect(stdout).toMatch(/Nothing that can be read answers that\./);
    expect(stdout).toMatch(/Said by the model, shown by nothing[\s\S]*it cites evidence that this run does not have[\s\S]*Perhaps the disk is slow/);
    expect(stdout.slice(stdout.lastIndexOf('Perhaps'))).toMatch(/Insufficient Memory/);
  });

  test('a model that is gone costs its answer, and no other', async () => {
    await using server = await LlmServer.start(afterwards(dies));
    const { stdout } = expectFine(await said(server, [INCIDENT, 'which image does checkout run?', 'why']));
    expect(stdout).toMatch(/Nothing that can be read answers that\.[\s\S]*language model[\s\S]*Why high confidence|language model/);
    expect(stdout).toMatch(/exceeded its memory limit/);
  });

  test('what the report answers is not sent, nor is another incident taken for a question', async () => {
    await using server = await LlmServer.start(afterwards(dies));
    const { followUps, stdout } = expectFine(
      await said(server, [INCIDENT, 'why', 'logs of checkout', 'is anything wrong in orders?', 'why is billing failing?']),
    );
    expect(followUps).toEqual([]);
    expect(stdout).toMatch(/Insufficient Memory/);
  });

  test('without a model the same line is the description of an incident', async () => {
    await using server = await LlmServer.start(dies);
    const { stdout } = expectFine(await said(server, [INCIDENT, 'which image does checkout run?'], '--no-llm'));
    expect(server.asked).toEqual([]);
    expect(stdout.match(/Insufficient Memory/g)?.length).toBeGreaterThan(1);
  });

  test('a chat with a server has the model of the server asked', async () => {
    const image = { kind: 'Deployment', name: 'checkout', namespace: 'orders', field: 'spec.template.spec.containers.0.image' };
    const model = plays({
      rounds: [[{ name: 'get_object', arguments: image }]],
      final: (asked) => ({ narrative: `It runs this image [${idOf(asked, 'spec.template.spec.containers.0.image')}].`, causes: [], hypotheses: [] }),
    });
    await using server = await LlmServer.start(afterwards(model));
    const env = { LLM_BASE_URL: server.url, LLM_MODEL: 'small' };
    const serving = home.start(['serve', '--listen', '127.0.0.1:0', '--snapshot', DUMP], { env });
    const [, url = ''] = await serving.saysOnStderr(/^listening on (http:\S+?);? /m);
    const chat = (more = '') =>
      home.shell(`printf '%s\\n' '${INCIDENT}' 'which image does checkout run?' | $SRE chat --server ${url} ${more}`, {
        env: { COLUMNS: '200' },
      });
    const { stdout } = expectFine(await chat());
    expect(stdout).toMatch(/It runs this image \[(ev-\d+)\]\.\n[\s\S]*What shows it\n {2}\1 Deployment orders\/checkout: /);
    const asked = server.asked.length;
    expectFine(await chat('--no-llm'));
    expect(server.asked.length).toBe(asked);
    serving.kill('SIGTERM');
    expectCode(await serving.ended, 0);
  }, 60_000);
});

function expectFine<T extends Ended>(ended: T): T {
  expectCode(ended, 0);
  return ended;
}
