import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/domain/report.ts';
import { goodAgent, scenariosWithAgent, shownIn } from '../llm/agent/good-agent.ts';
import { believedIn, wrongAgent } from '../llm/agent/wrong-agent.ts';
import { type Answer, LlmServer } from '../llm/llm-server.ts';
import { applySteps } from '../scenario-runner/apply-steps.ts';
import { clusterLock } from '../scenario-runner/cluster-lock.ts';
import { loadScenarios } from '../scenario-runner/load-scenarios.ts';
import { ownPlace, type Place } from '../scenario-runner/place.ts';
import type { Scenario } from '../scenario-runner/scenario.ts';
import { AuditLog, hasAuditLog } from './audit-log.ts';
import { eventually, investigate, investigateWith } from './kubectl.ts';

/** Asks with a model; what it asked for must have been read only. */
async function askedWith(answer: Answer, { ask, namespace }: { ask: string; namespace: string }, ...args: string[]): Promise<Report> {
  await using server = await LlmServer.start(answer);
  const audit = hasAuditLog() ? new AuditLog() : undefined;
  const report = await investigateWith({ LLM_BASE_URL: server.url, LLM_MODEL: 'scripted', LLM_LOG: 'off' }, ask, '-n', namespace, ...args);
  expect(report.engine.llm).toMatchObject({ model: 'scripted', stopped_by: null });
  expect(audit?.writes() ?? []).toEqual([]);
  expect(audit === undefined || audit.events().length > 5).toBe(true);
  return report;
}

/** A scenario as it is made on the cluster. */
async function made(scenario: Scenario, work: (place: Place) => Promise<void>): Promise<void> {
  await using _lock = await clusterLock(false);
  await using place = await ownPlace(scenario);
  await applySteps(scenario.steps, { place, folder: scenario.folder });
  await work(place);
}

describe('a language model beside a real cluster', () => {
  test.concurrent.each(scenariosWithAgent())('$name: a good agent finds $what', async (scenario) => {
    await made(scenario, async ({ namespace }) => {
      const { answer, mcp, told } = goodAgent(scenario, namespace);
      const config = join(mkdtempSync(join(tmpdir(), 'sre-orch-mcp-')), 'mcp_config.yaml');
      writeFileSync(config, JSON.stringify(mcp ?? {}));
      const report = await askedWith(answer, { ask: scenario.ask, namespace }, '--mcp-config', config);
      expect(report.analysis?.narrative).toContain(told.narrative);
      expect(shownIn(report)).toEqual([told.object]);
      expect(report.root_causes.every(({ confidence_score: level }) => level === 'low')).toBe(true);
    });
  });

  test('a plausible wrong agent, that also tries to write, changes no cause', async () => {
    const scenario = loadScenarios().find(({ name }) => name === 'missing-config-map');
    if (scenario === undefined) throw new Error('the scenario is gone');
    await made(scenario, async ({ namespace }) => {
      const ask = scenario.ask;
      const plain = await eventually(
        () => investigate(ask, '-n', namespace),
        ({ root_causes: [first] }) => first !== undefined && first.confidence_score !== 'low',
        90,
      );
      const report = await askedWith(wrongAgent(namespace), { ask, namespace });
      const named = ({ root_causes: causes }: Report): string[] =>
        causes.map(({ cause_id: cause, object, confidence_score: level }) => `${cause} ${object.name} ${level}`);
      expect(named(plain)).not.toEqual([]);
      expect(named(report)).toEqual(named(plain));
      expect(believedIn(report)).toEqual([]);
    });
  });
});
