import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import type { Report } from '../../../src/domain/report.ts';
import { loadScenarios } from '../../scenario-runner/load-scenarios.ts';
import type { Scenario } from '../../scenario-runner/scenario.ts';
import { filesystemServer } from '../../tools/mcp/published-servers.ts';
import type { Answer } from '../llm-server.ts';
import { idOf, plays } from './conversations.ts';

const call = z.strictObject({ name: z.string(), arguments: z.record(z.string(), z.unknown()) });
const agentSchema = z.strictObject({
  files: z.record(z.string(), z.string()).default({}).describe('what the MCP server `status` hands out'),
  rounds: z.array(z.array(call)),
  answer: z.record(z.string(), z.unknown()),
  told: z.strictObject({ object: z.string(), narrative: z.string() }),
});

export interface GoodAgent {
  readonly answer: Answer;
  /** The published filesystem server over the files of the script; undefined where it has none. */
  readonly mcp: { readonly servers: { readonly status: ReturnType<typeof filesystemServer> } } | undefined;
  readonly told: { readonly object: string; readonly narrative: string };
}

/** Scenarios whose cause is beyond the rules. */
export const scenariosWithAgent = (): Scenario[] => loadScenarios().filter(({ agent }) => agent !== undefined);

/** The script of a scenario as an endpoint plays it. */
export function goodAgent({ folder, agent = '' }: Scenario, namespace: string): GoodAgent {
  const files = mkdtempSync(join(tmpdir(), 'sre-orch-agent-'));
  const text = readFileSync(join(folder, agent), 'utf8').replaceAll('$NAMESPACE', namespace).replaceAll('$FILES', files);
  const { files: handedOut, rounds, answer, told } = agentSchema.parse(load(text));
  for (const [name, content] of Object.entries(handedOut)) writeFileSync(join(files, name), content);
  return {
    answer: plays({ rounds, final: (asked) => JSON.stringify(answer).replace(/\{([^{}"]+)\}/g, (_, words: string) => idOf(asked, words)) }),
    mcp: Object.keys(handedOut).length === 0 ? undefined : { servers: { status: filesystemServer(files) } },
    told,
  };
}

/** Everything that a report holds out as shown by evidence, as `Kind/name: words`. */
export function shownIn({ root_causes: causes, analysis }: Report): string[] {
  const proposed = causes.filter(({ rule_id: rule }) => rule === 'language-model').map(({ object }) => `${object.kind}/${object.name}`);
  const besides = (analysis?.hypotheses ?? [])
    .filter(({ supported }) => supported)
    .map(({ text }) => text.replace(/^.*?, (\w+) (?:[\w-]+\/)?([\w.-]+):.*$/s, '$1/$2'));
  return [...proposed, ...besides];
}
