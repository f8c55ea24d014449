import { parseDuration } from '../../config/setting.ts';
import type { Settings } from '../../config/settings.ts';
import { coded } from '../../errors/coded-error.ts';
import { TlsFiles } from '../../http/tls-files.ts';
import { createRedactor } from '../../redact/redactor.ts';
import { serve } from '../../server/serve.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { isLoopback, type ListenAddress, listenAddress } from '../listen-address.ts';
import type { CommandResult } from '../result.ts';
import { giveFirstKey } from './first-key.ts';
import { type StoreWishes, storeWishesOf } from './store-wishes.ts';

const MAX_STREAMS = 1_000;

/** `serve`: until Ctrl-C or SIGTERM. */
export async function runServe({ options }: CommandInput, context: CommandContext): Promise<CommandResult> {
  const wanted = wishesOf(options);
  const { snapshot } = options;
  // A dump that is not there is told before anything is served.
  if (typeof snapshot === 'string') await (await context.openReader({ snapshot, signal: context.interrupted }))[Symbol.asyncDispose]();
  // Ends last: what the server still does then is told, too.
  await using tracing = options['check'] === true ? undefined : await context.openTracing('sre-orchestrator');
  await using parts = await context.openServer({ leaseMs: wanted.leaseMs, ...(typeof snapshot === 'string' ? { snapshot } : {}) });
  const [tls, origins] = [tlsOf(context.settings), originsOf(context.settings)];
  if (options['check'] === true) return (await import('./check-serve.ts')).checkServe(parts, typeof snapshot === 'string' ? snapshot : undefined, context);
  const asksForKeys = options['requireKey'] === true || !isLoopback(wanted.host);
  if (asksForKeys) await giveFirstKey(parts.keys, context);
  await serve(
    {
      ...wanted,
      ...parts,
      admission: asksForKeys ? { by: 'token', signIn: parts.signIn, sessions: parts.sessions } : { by: 'everybody' },
      maxStreams: MAX_STREAMS,
      tls,
      tracing,
      origins,
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

interface Wishes extends StoreWishes, ListenAddress {
  readonly atOnce: number;
  readonly maxWaiting: number;
  readonly requestsPerSecond: number;
  readonly graceMs: number;
  readonly drainMs: number;
}

function wishesOf({
  listen = '127.0.0.1:8080',
  concurrency = '2',
  queue = '100',
  rate = '300',
  grace = '20s',
  drain,
  ...options
}: CommandInput['options']): Wishes {
  const problems: string[] = [];
  const ofStore = storeWishesOf(options, problems);
  const address = listenAddress(String(listen));
  if (address === undefined) problems.push('--listen needs an address like 127.0.0.1:8080');
  const graceMs = parseDuration(String(grace));
  if (graceMs === undefined) problems.push('--grace needs a duration like 20s');
  const drainMs = drain === undefined ? 0 : parseDuration(String(drain));
  if (drainMs === undefined) problems.push('--drain needs a duration like 8s');
  for (const [flag, value] of [
    ['--concurrency', concurrency],
    ['--queue', queue],
    ['--rate', rate],
  ] as const)
    if (!/^[1-9]\d{0,4}$/.test(String(value))) problems.push(`${flag} needs a whole number of 1 or more`);
  if (address === undefined || problems.length > 0) throw coded('SETTINGS_INVALID', { problems });
  return {
    ...address,
    atOnce: Number(concurrency),
    maxWaiting: Number(queue),
    requestsPerSecond: Number(rate),
    graceMs: graceMs ?? 0,
    drainMs: drainMs ?? 0,
    ...ofStore,
  };
}

function tlsOf({ tlsCert: cert, tlsKey: key }: Settings): TlsFiles | undefined {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) throw coded('SETTINGS_INVALID', { problems: ['--tls-cert and --tls-key are needed together'] });
  return new TlsFiles({ cert, key });
}

function originsOf({ cors = '' }: Settings): readonly string[] {
  const origins = cors.split(',').flatMap((each) => each.trim() || []);
  // With any path or without a scheme it would never equal what a browser sends.
  const problems = origins.filter((each) => URL.parse(each)?.origin !== each).map((each) => `--cors: ${each} is no origin like https://sre.example`);
  if (problems.length > 0) throw coded('SETTINGS_INVALID', { problems });
  return origins;
}
