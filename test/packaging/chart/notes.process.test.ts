import { expect, test } from 'vitest';
import { CHART, HELM, helm } from '../../../scripts/chart/helm.ts';
import { render } from './render.ts';
import { VALUE_SETS } from './value-sets.ts';
import { values } from './values.ts';

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

async function notes(set: Readonly<Record<string, string | number | boolean>>): Promise<string> {
  const said = await helm('install', 'sre', CHART, '-n', 'ops', '--dry-run=client', ...values(set));
  return said.slice(said.indexOf('NOTES:'));
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
