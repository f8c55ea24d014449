import { mkdirSync, writeFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { newApiKey } from '../../auth/api-key.ts';
import { dataDirectory } from '../../config/directories.ts';
import { parseDuration } from '../../config/setting.ts';
import { coded } from '../../errors/coded-error.ts';
import { createRedactor } from '../../redact/redactor.ts';
import { serve } from '../../server/serve.ts';
import type { ApiKeyRepository } from '../../store/api-key-repository.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';

const MAX_STREAMS = 1_000;
const FIRST_KEY = 'first-key';

/** `serve`: until Ctrl-C or SIGTERM. */
export async function runServe({ options }: CommandInput, context: CommandContext): Promise<CommandResult> {
  const wanted = wishesOf(options);
  const { snapshot } = options;
  // A dump that is not there is told before anything is served.
  if (typeof snapshot === 'string') await (await context.openReader({ snapshot, signal: context.interrupted }))[Symbol.asyncDispose]();
  await using parts = await context.openServer(typeof snapshot === 'string' ? { snapshot } : {});
  const asksForKeys = options['requireKey'] === true || !isLoopback(wanted.host);
  if (asksForKeys) await giveFirstKey(parts.keys, context);
  await serve(
    {
      ...wanted,
      ...parts,
      admission: asksForKeys ? { by: 'keys', keys: parts.keys } : { by: 'everybody' },
      maxStreams: MAX_STREAMS,
      now: context.now,
      newIncidentId: context.newIncidentId,
      redact: createRedactor().text,
      version: context.version,
      onListening: (url) => context.output.err(`listening on ${url}${asksForKeys ? '' : '; no key is asked for on this machine'}\n`),
    },
    context.interrupted,
  );
  return { kind: 'done', exitCode: 0 };
}

interface Wishes {
  readonly host: string;
  readonly port: number;
  readonly atOnce: number;
  readonly maxWaiting: number;
  readonly graceMs: number;
}

function wishesOf({ listen = '127.0.0.1:8080', concurrency = '2', queue = '100', grace = '20s' }: CommandInput['options']): Wishes {
  const problems: string[] = [];
  const [, host = '', port = ''] = /^(?:(.*):)?(\d{1,5})$/.exec(String(listen)) ?? [];
  if (port === '' || Number(port) > 65_535) problems.push('--listen needs an address like 127.0.0.1:8080');
  const graceMs = parseDuration(String(grace));
  if (graceMs === undefined) problems.push('--grace needs a duration like 20s');
  for (const [flag, value] of [
    ['--concurrency', concurrency],
    ['--queue', queue],
  ] as const)
    if (!/^[1-9]\d{0,4}$/.test(String(value))) problems.push(`${flag} needs a whole number of 1 or more`);
  if (problems.length > 0) throw coded('SETTINGS_INVALID', { problems });
  return {
    host: host.replace(/^\[|\]$/g, '') || '127.0.0.1',
    port: Number(port),
    atOnce: Number(concurrency),
    maxWaiting: Number(queue),
    graceMs: graceMs ?? 0,
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || /^127(?:\.\d{1,3}){3}$/.test(host) || (isIPv6(host) && host === '::1');
}

/** A server that asks for keys and knows none makes the first, in a file that only its owner can read. */
async function giveFirstKey(keys: ApiKeyRepository, { settings, env, now, output }: CommandContext): Promise<void> {
  if ((await keys.list()).some(({ revoked_at }) => revoked_at === null)) return;
  const folder = settings.dataDir ?? dataDirectory(env) ?? '.';
  const { key, stored } = newApiKey({ name: FIRST_KEY, role: 'admin', namespaces: null }, now());
  const path = join(folder, FIRST_KEY);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, `${key}\n`, { mode: 0o600 });
  } catch (error) {
    throw coded('OUTPUT_FAILED', { reason: (error as Error).message }, { cause: error });
  }
  await keys.add(stored);
  output.err(`note: no API key was known; the first one, an admin's, is in ${path}\n`);
}
