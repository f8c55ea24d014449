import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CHART, HELM, helm } from '../../../scripts/chart/helm.ts';
import { render } from './render.ts';
import { VALUE_SETS } from './value-sets.ts';
import { values } from './values.ts';

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

// `helm template` leaves the notes out, and `helm install` wants a cluster even for a dry run: here they are one object more.
const chart = mkdtempSync(join(tmpdir(), 'sre-orch-notes-'));
cpSync(CHART, chart, { recursive: true });
writeFileSync(
  join(chart, 'templates/notes.yaml'),
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes}\ndata:\n  notes: |\n{{ include (print $.Template.BasePath "/NOTES.txt") . | indent 4 }}\n',
);
afterAll(() => rmSync(chart, { recursive: true }));

async function notes(set: Readonly<Record<string, string | number | boolean>>): Promise<string> {
  const rendered = await helm('template', 'sre', chart, '-n', 'ops', '--kube-version', '1.34.0', '--show-only', 'templates/notes.yaml', ...values(set));
  return (parse(rendered) as { data: { notes: string } }).data.notes;
}

test.skipIf(HELM === undefined)('what is said after an installation names what was installed, and three commands', async () => {
  const said = await notes({});
  const there = (await render<Named>({})).map(({ kind, metadata }) => `${kind.toLowerCase()} ${metadata.name}`);
  const named = [...said.matchAll(/\b(service|secret)[/ ](\S+)/g)].map(([, kind, name]) => `${kind} ${name}`);
  expect(named).toHaveLength(2);
  expect(named.filter((name) => !there.includes(name))).toEqual([]);
  expect(said).toContain('helm test sre -n ops');
  expect(said).not.toContain('networkPolicy');
});

test.skipIf(HELM === undefined)('it tells what its own NetworkPolicy would keep it from', async () => {
  expect(await notes(VALUE_SETS.files)).toContain('name the way to the language model in networkPolicy.egress');
  expect(await notes({ ...VALUE_SETS.postgres, 'networkPolicy.egress[0].ports[0].port': 5432 })).not.toContain('networkPolicy.egress');
});

test.skipIf(HELM === undefined)('of an agent alone it tells how the orchestrator of another cluster comes to know it', async () => {
  const set = { ...VALUE_SETS['agent-alone'], 'agent.tls.mutual': true };
  const said = await notes(set);
  const there = (await render<Named>(set)).map(({ kind, metadata }) => `${kind.toLowerCase()} ${metadata.name}`);
  const named = [...said.matchAll(/\b(secret) (\S+) -o/g)].map(([, kind, name]) => `${kind} ${name}`);
  expect(named.filter((name) => !there.includes(name))).toEqual(['secret shared-key']);
  const values = said.slice(said.lastIndexOf('\n', said.indexOf('agents:')) + 1);
  expect(parse(values)).toEqual({
    agents: {
      west: {
        url: 'https://agent.west.example:8443',
        ca: 'secrets/west-agent/ca.crt',
        key_file: 'secrets/west-agent/key',
        client_cert: 'secrets/west-agent/client.crt',
        client_key: 'secrets/west-agent/client.key',
      },
    },
    extraSecrets: [{ name: 'west-agent', keys: ['ca.crt', 'key', 'client.crt', 'client.key'] }],
  });
});
