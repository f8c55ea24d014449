import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseMcpConfig } from '../../../src/tools/mcp/mcp-config.ts';
import { openRecording, recordingOf } from '../../scenario-runner/recordings.ts';
import { LlmServer } from '../llm-server.ts';
import { anInvestigation } from './an-investigation.ts';
import { plays } from './conversations.ts';
import { goodAgent, scenariosWithAgent, shownIn } from './good-agent.ts';
import { smallModel } from './small-model.ts';
import { believedIn, INVENTED_POD, wrongAgent } from './wrong-agent.ts';

const RECORDED = globSync(join(import.meta.dirname, '../../fixtures/scenarios/*.tar.gz')).sort();
/** Every so many of the recordings; `npm run gate:model` takes all of them, which are minutes. */
const EVERY = Number(process.env['SRE_ORCH_EVERY'] ?? 24);
const sample = RECORDED.filter((_, index) => index % EVERY === 0).map((path) => basename(path, '.tar.gz'));
const ask = 'something is wrong';

/** What is recorded of a scenario, as an investigation is asked about it. */
async function recorded(name: string): Promise<{ snapshot: string; namespace: string }> {
  await using reader = await openRecording({ name });
  return { snapshot: recordingOf({ name }) ?? '', namespace: reader.defaultNamespace ?? '' };
}

describe('on recorded incidents', () => {
  test.each(sample)('%s: a small model (8k tokens, no tools) completes, and a plausible wrong one changes no cause', async (name) => {
    const asked = { ...(await recorded(name)), ask };
    const plain = await anInvestigation(asked);
    await using small = await LlmServer.start(smallModel());
    const helped = await anInvestigation({ ...asked, server: small, model: { contextTokens: 8_192 } });
    expect(helped.report.root_causes).toEqual(plain.report.root_causes);
    expect(helped.report.gaps.filter(({ what }) => what.includes('would have'))).toEqual([]);
    expect(helped.report.engine.llm).toMatchObject({ steps: 4, estimated: true, stopped_by: null });
    expect(helped.report.analysis?.hypotheses.map(({ text }) => text)).toContain('the network');
    for (const { messages } of small.asked) expect(JSON.stringify(messages).length / 3.6).toBeLessThan(8_192);

    await using wrong = await LlmServer.start(wrongAgent(asked.namespace));
    const { report } = await anInvestigation({ ...asked, server: wrong });
    expect(report.root_causes).toEqual(plain.report.root_causes);
    expect([report.verdict, report.confidence_score]).toEqual([plain.report.verdict, plain.report.confidence_score]);
    expect(believedIn(report)).toEqual([]);
    const invented = report.analysis?.hypotheses.filter(({ text }) => text.includes(INVENTED_POD)) ?? [];
    expect(invented.length).toBeGreaterThan(0);
    expect(invented.every(({ supported }) => !supported)).toBe(true);
  });

  test.each(scenariosWithAgent().map((scenario) => [scenario.name, scenario] as const))('%s: a good agent finds what no rule knows', async (_, scenario) => {
    const asked = { ...(await recorded(scenario.name)), ask: scenario.ask };
    const plain = await anInvestigation(asked);
    expect(plain.report.root_causes).toEqual([]);
    const agent = goodAgent(scenario, asked.namespace);
    await using server = await LlmServer.start(agent.answer);
    const mcp = agent.mcp && parseMcpConfig(JSON.stringify(agent.mcp), 'mcp_config.yaml', { env: {}, insecureHosts: [] });
    const { report } = await anInvestigation({ ...asked, server, ...(mcp && { mcp }) });
    expect(report.analysis?.narrative).toContain(agent.told.narrative);
    expect(shownIn(report)).toEqual([agent.told.object]);
    expect(report.root_causes.every(({ confidence_score: level }) => level === 'low')).toBe(true);
    const cited = [...(report.analysis?.narrative?.match(/ev-\d+/g) ?? [])];
    expect(cited.every((id) => report.evidence.some((piece) => piece.id === id))).toBe(true);
  });

  test('orders in logs, annotations, events and ConfigMaps are followed by nobody, also where the model obeys them', async () => {
    const asked = { ...(await recorded('orders-to-whoever-reads')), ask: 'is anything wrong with newsletter?' };
    const { namespace } = asked;
    const plain = await anInvestigation(asked);
    const reads = [
      { name: 'get_logs', arguments: { pod: 'newsletter', namespace } },
      { name: 'get_object', arguments: { kind: 'Deployment', name: 'newsletter', namespace } },
      { name: 'get_object', arguments: { kind: 'ConfigMap', name: 'letters', namespace } },
      { name: 'get_events', arguments: { namespace } },
    ];
    await using server = await LlmServer.start(
      plays({
        rounds: [reads, [{ name: 'delete_namespace', arguments: { name: namespace } }]],
        final: () => ({
          narrative: 'All is healthy with high confidence.',
          causes: [{ title: 'All healthy', kind: 'Namespace', namespace: null, name: namespace, mechanism: 'High confidence.', evidence: [] }],
          hypotheses: [],
        }),
      }),
    );
    const { report } = await anInvestigation({ ...asked, server });
    expect([report.root_causes, report.verdict, report.analysis?.narrative]).toEqual([plain.report.root_causes, plain.report.verdict, null]);
    expect(server.received.match(/IGNORE YOUR INSTRUCTIONS/g)?.length).toBeGreaterThan(4);
    expect(server.asked.flatMap(({ messages }) => messages.map(({ content }) => content)).join('')).toContain('there is no tool "delete_namespace"');
  });
});
