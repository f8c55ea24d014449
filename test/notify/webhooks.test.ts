import { describe, expect, test } from 'vitest';
import type { CodedError } from '../../src/errors/coded-error.ts';
import { messageOf, signatureOf } from '../../src/notify/message.ts';
import { parseWebhooks } from '../../src/notify/webhooks.ts';
import { aReport } from '../fixtures/report.ts';

const parse = (text: string) => parseWebhooks(text, 'webhooks.yaml', { env: { HOOK_SECRET: 's'.repeat(20) }, insecureHosts: [] });
const problems = (text: string): string => {
  try {
    return JSON.stringify(parse(text));
  } catch (error) {
    return ((error as CodedError).details as { problems: string[] }).problems.join('\n');
  }
};

describe('the file of webhooks', () => {
  test('takes secrets from the environment', () => {
    const text = `- name: pager\n  url: https://pager.example/hook\n  secret: \${HOOK_SECRET}\n- { name: chat, url: https://chat.example/x, format: slack }`;
    expect(parse(text)).toMatchObject([
      { name: 'pager', format: 'json', secret: 's'.repeat(20), allow_addresses: [] },
      { name: 'chat', format: 'slack' },
    ]);
    expect(parse('# none yet')).toEqual([]);
  });

  test.each([
    ['- { name: a, url: "http://pager.example/T0KEN" }', 'without TLS'],
    ['- { name: a, url: "https://x.example", secret: short }', 'webhooks.yaml:1:48: 16 characters'],
    [`- { name: a, url: "https://x.example", secret: "\${NOWHERE}" }`, 'the variable NOWHERE is not set'],
    ['- { name: a, url: "https://x.example" }\n- { name: a, url: "https://x.example" }', 'a is there twice'],
    ['- { name: a, url: "https://x.example", allow_addresses: [everything] }', 'an address or a network'],
    ['- { name: a b, url: "ftp://x.example" }', 'webhooks.yaml:1:11:'],
    ['- [', 'webhooks.yaml:1:'],
  ])('says what is wrong with %s, without secrets', (text, problem) => {
    expect(problems(text)).toContain(problem);
    expect(problems(text)).not.toContain('T0KEN');
  });
});

describe('what a receiver is sent', () => {
  const incident = {
    incident_id: 'inc-1', description: 'checkout <!channel> fails', status: 'completed', created_at: '', completed_at: '', namespaces: ['shop'],
    verdict: 'root-cause-found', cause_id: 'c', title: 'Insufficient Memory', object: 'Deployment shop/checkout', confidence_score: 'high', error_message: null,
  } as const; // biome-ignore format: fields

  test('Slack: a sentence in which nothing of a cluster is markup', () => {
    const { text } = messageOf(incident, null, { format: 'slack' }) as { text: string };
    expect(text).toBe('*Insufficient Memory*: Deployment shop/checkout (high confidence)\ncheckout &lt;!channel&gt; fails\ninc-1');
    const none = messageOf({ ...incident, title: null, verdict: 'no-fault-found', description: 'x'.repeat(500) }, null, { format: 'slack' }) as {
      text: string;
    };
    expect(none.text).toContain('No root cause: no fault found');
    expect(none.text.length).toBeLessThan(260);
    expect(messageOf({ ...incident, title: null, status: 'failed', error_message: 'the disk is full' }, null, { format: 'slack' })).toMatchObject({
      text: expect.stringContaining('It failed: the disk is full'),
    });
  });

  test('others: fields to route by, and no evidence', () => {
    const message = messageOf(incident, aReport({ incident_id: 'inc-1' }), { format: 'json' });
    expect(message).toMatchObject({ event: 'incident-ended', incident: { incident_id: 'inc-1', cause_id: 'c', namespaces: ['shop'] } });
    expect(JSON.stringify(message)).not.toContain('evidence');
  });

  test('is signed with its time', () => {
    // printf '1700000000.{}' | openssl dgst -sha256 -hmac key
    expect(signatureOf('{}', 'key', 1_700_000_000)).toMatch(/^t=1700000000,v1=[0-9a-f]{64}$/);
    expect(signatureOf('{}', 'key', 1)).not.toBe(signatureOf('{}', 'key', 2));
  });
});
