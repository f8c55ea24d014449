import { existsSync, globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { HELM } from '../../scripts/chart/helm.ts';
import { render } from './chart/render.ts';

const LAB = resolve(import.meta.dirname, '../../examples/lab');
// Without what is in quotes or a comment, and without what is pasted into a text: names stand bare.
const files = globSync('*.tf', { cwd: LAB }).map((name) => ({ name, text: readFileSync(resolve(LAB, name), 'utf8') }));
const all = files.map(({ text }) => text.replace(/^\s*#.*$/gm, '')).join('\n');
const declared = (kind: string): Set<string> =>
  new Set([...all.matchAll(new RegExp(`^${kind} ((?:"[^"]+" ?)+)\\{`, 'gm'))].map(([, names = '']) => names.replaceAll('"', '').trim().replace(' ', '.')));

interface Application {
  readonly spec: { readonly source: { readonly path: string; readonly helm: { readonly valuesObject: object } } };
}

function flat(value: unknown, path: string): [string, string | boolean][] {
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([name, each]) => flat(each, path === '' ? name : `${path}.${name}`));
  return [[path, value as string | boolean]];
}

describe('the lab', () => {
  test.each(files)('$name opens and closes what it opens', ({ text }) => {
    const bare = text.replace(/^\s*#.*$/gm, '').replace(/"(?:[^"\\]|\\.)*"/g, '""');
    for (const [open, close] of ['{}', '[]', '()']) expect(bare.split(open ?? '').length, open).toBe(bare.split(close ?? '').length);
  });

  test('uses no variable, resource, provider or file that is not there', () => {
    const variables = [...all.matchAll(/\bvar\.(\w+)/g)].map(([, name = '']) => name);
    expect(variables.filter((name) => !declared('variable').has(name))).toEqual([]);
    const resources = declared('resource');
    const types = new Set([...resources].map((name) => name.split('.')[0]));
    const used = [...all.matchAll(/\b(\w+)\.(\w+)/g)].filter(([, type]) => types.has(type ?? '')).map(([name]) => name);
    expect(used.filter((name) => !resources.has(name))).toEqual([]);
    expect([...declared('provider')].filter((name) => !new RegExp(`^ {4}${name} = \\{`, 'm').test(all))).toEqual([]);
    const named = [...all.matchAll(/\$\{path\.module\}\/([\w./-]+\.yaml)/g)].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((path) => !existsSync(resolve(LAB, path)))).toEqual([]);
  });

  test.skipIf(HELM === undefined)('gives the chart values that it takes', async () => {
    const { source } = (parse(readFileSync(resolve(LAB, 'application.yaml'), 'utf8').replace(/\$\{(\w+)\}/g, '$1')) as Application).spec;
    expect(existsSync(resolve(LAB, '../..', source.path, 'Chart.yaml'))).toBe(true);
    expect((await render(Object.fromEntries(flat(source.helm.valuesObject, '')))).length).toBeGreaterThan(10);
  });
});
