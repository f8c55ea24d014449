import { beforeAll, describe, expect, test, vi } from 'vitest';
import { complete } from '../../src/session/complete.ts';
import { namespaceOf } from '../../src/session/situation.ts';
import type { SlashCommand } from '../../src/session/slash-command.ts';
import { aSession, type Spoken } from './a-session.ts';

// A whole investigation, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const slash: SlashCommand[] = ['logs', 'list', 'exit', 'help'].map((name) => ({
  name,
  summary: `what ${name} does`,
  ...(name === 'logs' ? { completes: 'objects' as const } : {}),
  async *run(rest) {
    yield { type: 'document', text: `${name}(${rest})` };
  },
}));

let spoken: Spoken;
beforeAll(async () => {
  spoken = await aSession(undefined, slash);
  await spoken.say('checkout is failing in shop');
}, 60_000);
const answered = (line: string): Promise<string> => spoken.say(line);

describe('a session over a dump', () => {
  test('is about what was found last', () => {
    const { situation } = spoken.conversation;
    expect(situation.report?.root_causes[0]).toMatchObject({ cause_id: 'container-memory-limit-exceeded', object: { name: 'checkout' } });
    expect(namespaceOf(situation)).toBe('shop');
  });

  test.each<[string, RegExp]>([
    ['why', /Insufficient Memory, Deployment shop\/checkout[\s\S]*memory limit of 48Mi[\s\S]*OOMKilled[\s\S]*Why high confidence/],
    ['how sure are you', /one field or message proves it/],
    ['how does it spread', /Deployment shop\/checkout\n.*Service shop\/checkout/],
    ['what should I do', /Raise the memory limit[\s\S]*kubectl set resources[\s\S]*sre-orch changes nothing/],
    ['who is affected', /Deployment shop\/storefront: Deployment storefront cannot reach checkout:8080/],
    ['when did it start', /Timeline \(UTC\)[\s\S]*09:41/],
    ['what did you rule out', /Readiness probe fails/],
    ['what could you not see', /could be read|Not seen/],
    ['anything else?', /\S/],
    ['what is the root cause', /^✖ Root cause: Insufficient Memory/],
    ['show evidence', /^ev-1 +Pod shop\/checkout[\s\S]*Ask: show evidence 1/],
    ['show evidence 3', /ev-3 Pod shop\/checkout\S+ container app\n {2}field spec\.containers.*\n[\s\S]*48Mi[\s\S]*\$ kubectl get pod/],
    ['show evidence 999', /There is no ev-999: the pieces are ev-1 to ev-\d+/],
    [
      'logs of checkout',
      /container app, the run before\n {2}checkout 2\.4\.1 starting[\s\S]*\$ kubectl logs checkout-\S+ -n shop -c app --previous --tail 20[\s\S]*1 other pod/,
    ],
    ['logs of storefront -c nosuch', /has no container nosuch: it has web/],
    ['logs of check', /OBJECT_UNKNOWN: Nothing that could be listed is called "check"/],
    ['events of cart-store', /^Events of Deployment shop\/cart-store/],
    ['events', /^Events in shop\n.*earlier ones not shown/],
    [
      'describe checkout',
      /0 of 2 pods ready[\s\S]*CrashLoopBackOff, not ready, 12 restarts; ended last with OOMKilled[\s\S]*kubectl describe deployment\/checkout -n shop/,
    ],
    ['describe node node-1', /^Node node-1\n/],
    ['what changed', /What was changed in shop, the newest first\n[\s\S]*Service shop\/checkout, created by kubectl/],
    ['what depends on cart-store', /Deployment shop\/cart-store\n[\s\S]*Deployment shop\/checkout calls it/],
    ['what depends on nothing-there', /GRAPH_NAME_UNKNOWN/],
  ])('%s', async (line, expected) => {
    expect(await answered(line)).toMatch(expected);
  });

  test('asked again it compares, and says that a dump stays as it was', async () => {
    const text = await answered('is it fixed?');
    expect(text).toMatch(/Nothing has changed: the same causes are found\.\n.*A dump stays as it was taken/);
    expect(spoken.conversation.situation.report?.incident_id).toBe('inc-0000000002');
  });

  test('what is supposed changes nothing of what was found', async () => {
    const before = spoken.conversation.situation.report;
    expect(await answered('what if I had no access to logs')).toMatch(/Without logs:\n.*would still be found, less sure \(high, 0\.\d+; now 0\.9/);
    expect(await answered('what if I could not see pods and events')).toMatch(
      /Without pods and events:\n.*Insufficient Memory, Deployment shop\/checkout would not be found/,
    );
    expect(spoken.conversation.situation.report).toBe(before);
  });
});

describe('whether it is something', () => {
  test.each<[string, RegExp]>([
    ['is it memory?', /^✖ Yes \(high\): Insufficient Memory, Deployment shop\/checkout/],
    ['is it checkout', /^✖ Yes \(high\): Insufficient Memory/],
    ['is storefront the culprit?', /^• Deployment shop\/storefront is hurt, but not the cause: .*[\s\S]*The root cause is Insufficient Memory/],
    ['could it be a certificate', /^✔ Nothing that was read points to a certificate; no rule about it fired/],
    ['is it the flux capacitor', /^\? Nothing in this report speaks of flux capacitor/],
  ])('%s', async (line, expected) => {
    expect(await answered(line)).toMatch(expected);
  });

  test('what could not be seen is not said to be fine', async () => {
    const { report } = spoken.conversation.situation;
    if (report === undefined) throw new Error('nothing was found');
    const blind = { ...report, coverage: report.coverage.filter(({ kind }) => kind !== 'networkpolicies') };
    spoken.conversation.about(blind);
    expect(await answered('is it the network?')).toMatch(/is hurt, but not the cause/);
    spoken.conversation.about({ ...blind, root_causes: [], ruled_out: [] });
    expect(await answered('is it the network?')).toMatch(/^\? That cannot be told of the network: networkpolicies could not be read/);
    spoken.conversation.about(report);
  });
});

describe('commands behind a slash', () => {
  test.each([
    ['/logs checkout -p', /^logs\(checkout -p\)/],
    ['/q', /^exit\(\)/],
    ['/?', /^help\(\)/],
    ['/lo checkout', /^logs\(checkout\)/],
    ['/l', /^SLASH_UNKNOWN: There is no command \/l; did you mean \/logs, \/list\?/],
    ['/nosuch', /^SLASH_UNKNOWN: There is no command \/nosuch\.?/],
  ])('%s', async (line, expected) => {
    expect(await answered(line)).toMatch(expected);
  });

  test('are completed, and what stands behind them', async () => {
    const words = async (line: string): Promise<string[]> =>
      (await complete(spoken.conversation, line, line.length, new AbortController().signal)).words.map(({ word }) => word);
    expect(await words('/l')).toEqual(['/logs', '/list']);
    expect(await words('/logs ch')).toContain('checkout');
    expect(await words('logs of storef')).toContain('storefront');
    expect(await words('/list x')).toEqual([]);
  });
});

test('what was said is kept, without secrets, with the incident that it was about', async () => {
  await answered('why password=hunter2hunter2');
  const { turns } = spoken.saved.at(-1) ?? { turns: [] };
  expect(turns[0]).toMatchObject({ said: 'checkout is failing in shop', incident_id: 'inc-0000000001' });
  expect(JSON.stringify(turns)).not.toContain('hunter2');
});

test('an answer that is stopped at once still ends in a report', async () => {
  const stopped = AbortSignal.abort();
  const kinds: string[] = [];
  for await (const { type } of spoken.conversation.say('checkout is failing in shop', stopped)) kinds.push(type);
  expect(kinds).toContain('concluded');
});
