import * as z from 'zod/mini';
import { listenAddress } from './listen-address.ts';
import { duration, parseDuration, setting, truth } from './setting.ts';

const WHOLE = { error: 'a whole number of 1 or more is needed' };
const whole = z.coerce.number(WHOLE).check(z.refine((value) => Number.isInteger(value) && value >= 1 && value <= 99_999, WHOLE));
const SHORTEST_LEASE_MS = 300;
const SIZE = /^([1-9]\d{0,5})(Mi|Gi)$/;

/** `500Mi`, `4Gi`, in bytes; undefined where it is none. */
export function parseSize(text: string): number | undefined {
  const [, number, unit] = SIZE.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * (unit === 'Mi' ? 2 ** 20 : 2 ** 30);
}

/** How a server serves. */
export const SERVING_SETTINGS = {
  listen: setting({
    flag: '--listen <host:port>',
    env: 'SRE_ORCH_LISTEN',
    file: 'listen',
    schema: z.string().check(z.refine((text) => listenAddress(text) !== undefined, { error: 'an address like 127.0.0.1:8080 is needed' })),
    fallback: '127.0.0.1:8080',
    help: 'where a server takes requests (default 127.0.0.1:8080); port 0 takes any that is free',
  }),
  requireKey: setting({
    flag: '--require-key',
    env: 'SRE_ORCH_REQUIRE_KEY',
    file: 'require_key',
    schema: truth,
    fallback: false,
    help: 'ask for an API key on loopback, too; on every other address one is always asked for',
  }),
  concurrency: setting({
    flag: '--concurrency <n>',
    env: 'SRE_ORCH_CONCURRENCY',
    file: 'concurrency',
    schema: whole,
    fallback: 2,
    help: 'investigations of a server at a time (default 2)',
  }),
  queue: setting({
    flag: '--queue <n>',
    env: 'SRE_ORCH_QUEUE',
    file: 'queue',
    schema: whole,
    fallback: 100,
    help: 'investigations that may wait; more are refused (default 100)',
  }),
  rate: setting({
    flag: '--rate <n>',
    env: 'SRE_ORCH_RATE',
    file: 'rate',
    schema: whole,
    fallback: 300,
    help: 'requests a second that each caller may go on with (default 300)',
  }),
  lease: setting({
    flag: '--lease <duration>',
    env: 'SRE_ORCH_LEASE',
    file: 'lease',
    schema: z.string().check(z.refine((text) => (parseDuration(text) ?? 0) >= SHORTEST_LEASE_MS, { error: 'a duration like 15s is needed' })),
    fallback: '15s',
    help: 'servers that share PostgreSQL: how long a job is left to one that is not heard of (default 15s)',
  }),
  keep: setting({
    flag: '--keep <duration>',
    env: 'SRE_ORCH_KEEP',
    file: 'keep',
    schema: z.string().check(z.refine((text) => text === 'all' || parseDuration(text) !== undefined, { error: 'a duration like 90d, or all, is needed' })),
    fallback: '90d',
    help: 'how long an incident is kept after its end, or `all` (default 90d)',
  }),
  keepSize: setting({
    flag: '--keep-size <size>',
    env: 'SRE_ORCH_KEEP_SIZE',
    file: 'keep_size',
    schema: z.string().check(z.refine((text) => text === 'all' || parseSize(text) !== undefined, { error: 'a size like 500Mi or 4Gi, or all, is needed' })),
    fallback: '4Gi',
    help: 'how much is kept, the oldest goes first: 500Mi, 4Gi or `all` (default 4Gi)',
  }),
  grace: setting({
    flag: '--grace <duration>',
    env: 'SRE_ORCH_GRACE',
    file: 'grace',
    schema: duration,
    fallback: '20s',
    help: 'time that running investigations get at the end, before they go back into the queue (default 20s)',
  }),
  drain: setting({
    flag: '--drain <duration>',
    env: 'SRE_ORCH_DRAIN',
    file: 'drain',
    schema: duration,
    fallback: '0s',
    help: 'go on answering for so long at the end, while a load balancer turns to others; for servers that share PostgreSQL (default: not at all)',
  }),
} as const;
