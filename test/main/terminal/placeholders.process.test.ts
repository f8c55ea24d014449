import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aDump, LOG } from '../../llm/agent/a-dump.ts';
import { idOf, plays } from '../../llm/agent/conversations.ts';
import { type Answer, LlmServer } from '../../llm/llm-server.ts';
import { expectCode, Home } from '../program.ts';
import { Screen } from './screen.ts';

const PASSWORD = 'Kanarie-hunter-9';
const LOG_TEXT = `serving on :8080\nERROR dial 10.1.2.3 refused for jo@shop.example with password=${PASSWORD}\n`;
const WITH_ADDRESSES = /cannot reach 10\.1\.2\.3 as jo@shop\.example with \[redacted:password\]/;
const WITH_PLACEHOLDERS = /cannot reach \[ip-\d+\] as \[email-\d+\] with \[redacted:password\]/;

/** A model that says again what it saw: placeholders. */
const echoing: () => Answer = () =>
  plays({
    rounds: [[{ name: 'get_logs', arguments: { pod: 'web', namespace: 'calm' } }]],
    final: (asked) => {
      const told = asked.messages.map(({ content }) => content).join('\n');
      const [ip = '', email = ''] = [/\[ip-\d+\]/, /\[email-\d+\]/].map((pattern) => pattern.exec(told.slice(told.indexOf('ERROR dial')))?.[0] ?? 'none');
      return {
        narrative: `The Deployment web cannot reach ${ip} as ${email} with [redacted:password] [${idOf(asked, 'ERROR dial')}].`,
        causes: [],
        hypotheses: [],
      };
    },
  });

const onOneLine = (text: string): string => text.replace(/\s+/g, ' ');

describe('addresses that were hidden from a model', () => {
  test("come back on the user's own screen and nowhere else; secrets never do", async () => {
    await using server = await LlmServer.start(echoing());
    using home = new Home();
    const env = { LLM_BASE_URL: server.url, LLM_MODEL: 'small', LLM_HIDE: 'ips,emails' };
    const snapshot = aDump({ files: { [LOG]: LOG_TEXT } });
    const ask = ['investigate', 'orders are not confirmed', '-n', 'calm', '--snapshot', snapshot];

    using screen = new Screen(home, ask, { columns: 80, rows: 60, env });
    expect(await screen.exited).toBe(0);
    const text = await screen.text();
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const shown = onOneLine(text);
    expect(shown).toMatch(WITH_ADDRESSES);
    expect(shown).not.toContain(PASSWORD);

    const stored = expectCode(await home.run(['show', 'last', '-o', 'json']), 0).stdout;
    await using other = await LlmServer.start(echoing());
    const piped = expectCode(await home.run(ask, { env: { ...env, LLM_BASE_URL: other.url } }), 0).stdout;
    for (const elsewhere of [stored, piped]) {
      expect(onOneLine(elsewhere)).toMatch(WITH_PLACEHOLDERS);
      expect(elsewhere).not.toContain(PASSWORD);
    }
    expect(server.received + other.received).not.toMatch(/10\.1\.2\.3|jo@shop/);
    expect(readFileSync(join(home.data, 'sre-orch/llm-calls.jsonl'), 'utf8')).not.toMatch(/10\.1\.2\.3|jo@shop|Kanarie/);
  });

  test('come back in a session, too', async () => {
    await using server = await LlmServer.start(echoing());
    using home = new Home();
    const env = { LLM_BASE_URL: server.url, LLM_MODEL: 'small', LLM_HIDE: 'ips,emails' };
    using screen = new Screen(home, ['chat', '--snapshot', aDump({ files: { [LOG]: LOG_TEXT } }), '-n', 'calm'], { columns: 200, rows: 60, env });
    await screen.shows(/>|❯/);
    screen.type('orders are not confirmed in calm\r');
    await screen.shows(WITH_ADDRESSES);
    expect(screen.written).not.toContain(PASSWORD);
    screen.type('\u0004');
    await screen.exited;
  });
});
