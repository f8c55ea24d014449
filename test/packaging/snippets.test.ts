import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { OTHER_VARIABLES } from '../../src/config/environment.ts';
import { SETTINGS } from '../../src/config/settings.ts';
import { CATALOGUE } from '../../src/errors/catalogue.ts';
import { wrongWith } from './pages/block-kinds.ts';
import { blocksOf, GENERATED, inlineCodeOf, PAGES, placeOf, ROOT, textOf } from './pages/blocks.ts';
import { chartValues, hasValue } from './pages/chart-values.ts';
import { callsIn, knownOptions, misunderstood } from './pages/typed-commands.ts';

const WRITTEN = PAGES.filter((page) => !GENERATED.includes(page));
// The fields of facts are no values of the chart, whatever they are called.
const codes = PAGES.filter((page) => page !== 'docs/facts.md').flatMap(inlineCodeOf);
const VARIABLES = new Set([...Object.values(SETTINGS).map(({ env }) => env), ...Object.keys(OTHER_VARIABLES).flatMap((names) => names.split(', '))]);
const isVariableOrCode = (name: string): boolean => VARIABLES.has(name) || name in CATALOGUE;

describe('the blocks of the pages', () => {
  test.each(WRITTEN)('%s: each is of a known kind, and what its kind says', async (page) => {
    const wrong = await Promise.all(blocksOf(page).map(async (block) => ({ at: placeOf(block), problem: await wrongWith(block) })));
    expect(wrong.filter(({ problem }) => problem !== undefined)).toEqual([]);
  });

  test('every call in them would be understood, also on the pages that are written by a script', async () => {
    const calls = PAGES.flatMap(blocksOf)
      .filter(({ language }) => language === 'sh')
      .flatMap(({ text }) => callsIn(text));
    expect(calls.length).toBeGreaterThan(50);
    expect((await Promise.all(calls.map((call) => misunderstood(call)))).filter((problem) => problem !== undefined)).toEqual([]);
  });
});

/** Inline code of a shape that names nothing that is there. */
const strangers = (shape: RegExp, isThere: (name: string) => boolean): string[] =>
  codes.flatMap((code) => {
    const name = shape.exec(code.text)?.[1];
    return name === undefined || isThere(name) ? [] : [`${placeOf(code)}: ${name}`];
  });

describe('what the pages name is there', () => {
  test('commands', async () => {
    const problems = codes
      .filter(({ text }) => /^sre-orch [a-z-]/.test(text) && !/[A-Z]{4,}|…/.test(text))
      .map(async (code) =>
        (await Promise.all(callsIn(code.text).map((call) => misunderstood(call, { mentioned: true })))).flatMap((problem) =>
          problem === undefined ? [] : [`${placeOf(code)}: ${problem}`],
        ),
      );
    expect((await Promise.all(problems)).flat()).toEqual([]);
  });

  test('options', () => {
    const [ours, others] = [knownOptions(), ['--max-old-space-size', '--version', '--set', '--set-file', '--record', '--replay', '--only', '--hold']];
    expect(strangers(/^(?:-- )?(--[a-z][a-z-]*)/, (name) => ours.has(name) || others.includes(name))).toEqual([]);
  });

  test('variables of the environment', () => {
    const named = PAGES.flatMap((page) => [...textOf(page).matchAll(/\b(?:SRE_ORCH|LLM)_[A-Z_]+[A-Z]\b/g)].map(([name]) => `${page}: ${name}`));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((each) => !isVariableOrCode(each.split(': ')[1] ?? ''))).toEqual([]);
  });

  test('files and folders of the repository', () => {
    const rooms = /^((?:src|test|docs|scripts|charts|examples|deploy|bench|rules|prompts|man)\/[\w./@-]+)$/;
    const isThere = (name: string): boolean => existsSync(join(ROOT, name));
    expect(strangers(rooms, isThere)).toEqual([]);
    const inSource = strangers(
      /^((?:evidence|topology|facts|rules|correlate|cluster|pipeline|llm|tools|server|agent)\/[\w/-]*\.?t?s?)$/,
      (name) => isThere(`src/${name}`) || isThere(name),
    );
    expect(inSource).toEqual([]);
  });

  test('scripts of npm', () => {
    const named = PAGES.flatMap((page) => [...textOf(page).matchAll(/\bnpm run (?:--silent )?([a-z:]+)/g)].map(([, name = '']) => `${page}: ${name}`));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((each) => !((each.split(': ')[1] as string) in packageJson.scripts))).toEqual([]);
  });

  test('codes of errors', () => {
    const ofOthers = ['NODE_OPTIONS', 'OLLAMA_MODELS'];
    expect(strangers(/^([A-Z]+(?:_[A-Z]+)+)$/, (name) => isVariableOrCode(name) || ofOthers.includes(name))).toEqual([]);
  });

  test('values of the chart', () => {
    const set = PAGES.flatMap((page) => [...textOf(page).matchAll(/--set(?:-file|-string)? ([\w.]+)=/g)].map(([, path = '']) => `${page}: ${path}`));
    expect(set.filter((each) => !hasValue(each.split(': ')[1] ?? ''))).toEqual([]);
    const top = Object.keys(chartValues()).join('|');
    expect(
      strangers(new RegExp(`^((?:${top})\\.[a-zA-Z][\\w.]*)(?:=.*)?$`), (name) => hasValue(name) || existsSync(join(ROOT, name)) || name.endsWith('.yaml')),
    ).toEqual([]);
  });

  test('metrics', () => {
    const source = ['src/server/metrics.ts', 'src/agent/agent-metrics.ts'].map((path) => readFileSync(join(ROOT, path), 'utf8')).join('\n');
    const named = PAGES.flatMap((page) => [...textOf(page).matchAll(/\bsre_orch_\w+/g)].map(([name]) => `${page}: ${name}`));
    expect(
      named.filter(
        (each) =>
          !source.includes(`'${(each.split(': ')[1] ?? '').replace(/^sre_orch_(?:agent_)?/, '').replace(/_(?:bucket|sum|count)$/, '')}'`) &&
          !source.includes(each.split(': ')[1] ?? ''),
      ),
    ).toEqual([]);
  });
});
