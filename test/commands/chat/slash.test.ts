import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { slashCommands } from '../../../src/commands/chat/slash/all.ts';
import type { Output } from '../../../src/commands/context.ts';
import { compose } from '../../../src/wiring/compose.ts';
import { aSession, type Spoken } from '../../session/a-session.ts';

// A whole investigation, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const QUIET: Output = {
  out: async () => {},
  err: () => {},
  width: 200,
  isTerminal: false,
  color: 'none',
  unicode: true,
  links: false,
  watched: false,
  typed: false,
};

const folder = mkdtempSync(join(tmpdir(), 'sre-orch-slash-'));
let spoken: Spoken;
let close: () => Promise<void>;
beforeAll(async () => {
  const composed = await compose({ flags: { dataDir: folder }, output: QUIET, interrupted: new AbortController().signal });
  close = composed.close;
  spoken = await aSession(undefined, slashCommands(composed.context));
  await spoken.say('/investigate checkout is failing in shop');
}, 60_000);
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

describe('a command behind a slash', () => {
  test.each<[string, RegExp]>([
    ['/show', /Asked: checkout is failing in shop[\s\S]*── Timeline/],
    ['/evidence', /^ev-1 /],
    ['/evidence 1 ev-2', /^ev-1 [\s\S]*\nev-2 /],
    ['/timeline', /Timeline \(UTC\)/],
    ['/logs checkout -c app -p -n 2', /container app, the run before\n {2}loading price rules\n {2}Killed\n/],
    ['/logs', /^Pod shop\/checkout/],
    ['/logs -n none', /ARGUMENTS_INVALID.*-n needs a number of lines/],
    ['/logs --follow', /ARGUMENTS_INVALID.*does not know --follow/],
    ['/events cart-store', /^Events of Deployment shop\/cart-store/],
    ['/graph checkout', /calls Service shop\/cart-store[\s\S]*Deployment shop\/storefront calls it/],
    ['/graph', /shop\/storefront/],
    ['/rerun', /Nothing has changed/],
    ['/rerun without logs', /^Without logs:/],
    ['/rerun nothing', /ARGUMENTS_INVALID.*knows no kind/],
    ['/compare', /ARGUMENTS_INVALID.*needs the id/],
    ['/compare nosuch', /STORE_UNAVAILABLE/],
    ['/list', /STORE_UNAVAILABLE/],
    ['/rules', /Insufficient Memory/],
    ['/rules container-oom-killed', /^Insufficient Memory \(container-oom-killed\)[\s\S]*Fires on:/],
    ['/rules quota', /\(ResourceQuota\)|quota/i],
    ['/rules no-such-thing', /No rule holds "no-such-thing"/],
    ['/namespace', /• shop/],
    ['/namespace shopp', /NAMESPACE_UNKNOWN: There is no namespace shopp; near: shop/],
    ['/namespace kube-system', /From now on in namespace kube-system/],
    ['/namespace all', /wherever the question leads/],
    ['/model', /1 the report and targeted reads\n2 a new investigation\nNo language model is asked/],
    ['/config', /SETTING +VALUE +FROM[\s\S]*data_dir/],
    ['/help', /In plain words[\s\S]*Commands[\s\S]*\/exit +leave[\s\S]*Keys/],
    ['/help logs', /^\/logs \[object\] \[-c container\] \[-p\] \[-n lines\]\n {2}The end of a log\.\n/],
    ['/investigate', /DESCRIPTION_EMPTY/],
    ['/export docx', /ARGUMENTS_INVALID.*knows no format/],
  ])('%s', async (line, expected) => {
    expect(await spoken.say(line)).toMatch(expected);
  });

  test('/export writes a report in the format that the name asks for, and over nothing', async () => {
    const path = join(folder, 'report.html');
    expect(await spoken.say(`/export ${path}`)).toMatch(/^✔ Written to /);
    expect(readFileSync(path, 'utf8')).toMatch(/^<!doctype html>/i);
    expect(await spoken.say(`/export ${path}`)).toMatch(/OUTPUT_FAILED.*exists already/);
    expect(existsSync(path)).toBe(true);
  });

  test('/clear forgets what was found', async () => {
    const report = spoken.conversation.situation.report;
    await spoken.say('/clear');
    expect(await spoken.say('why')).toMatch(/^SESSION_EMPTY/);
    spoken.conversation.about(report);
  });
});
