import { isLoopback, type ListenAddress, listenAddress } from '../../config/listen-address.ts';
import { parseSize } from '../../config/serving-settings.ts';
import { parseDuration } from '../../config/setting.ts';
import type { Settings } from '../../config/settings.ts';
import { coded } from '../../errors/coded-error.ts';
import { TlsFiles } from '../../http/tls-files.ts';
import { createRedactor } from '../../redact/redactor.ts';
import { serve } from '../../server/serve.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';
import { giveFirstKey } from './first-key.ts';

const MAX_STREAMS = 1_000;

/** `serve`: until Ctrl-C or SIGTERM. */
export async function runServe({ options }: CommandInput, context: CommandContext): Promise<CommandResult> {
  const wanted = wishesOf(context.settings);
  const { snapshot } = options;
  // A dump that is not there is told before anything is served.
  if (typeof snapshot === 'string') await (await context.openReader({ snapshot, signal: context.interrupted }))[Symbol.asyncDispose]();
  // Ends last: what the server still does then is told, too.
  await using tracing = options['check'] === true ? undefined : await context.openTracing('sre-orchestrator');
  await using parts = await context.openServer({ leaseMs: wanted.leaseMs, ...(typeof snapshot === 'string' ? { snapshot } : {}) });
  const [tls, origins] = [tlsOf(context.settings), originsOf(context.settings)];
  if (options['check'] === true) return (await import('./check-serve.ts')).checkServe(parts, typeof snapshot === 'string' ? snapshot : undefined, context);
  const asksForKeys = context.settings.requireKey || !isLoopback(wanted.host);
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

interface Wishes extends ListenAddress {
  readonly atOnce: number;
  readonly maxWaiting: number;
  readonly requestsPerSecond: number;
  readonly graceMs: number;
  readonly drainMs: number;
  /** How long a job is left to a replica that is not heard of. */
  readonly leaseMs: number;
  readonly beatMs: number;
  /** How long an incident is kept after its end, and how much is kept; undefined: all. */
  readonly keepMs: number | undefined;
  readonly maxBytes: number | undefined;
}

/** Each was checked as a setting. */
function wishesOf({ listen, concurrency, queue, rate, grace, drain, lease, keep, keepSize }: Settings): Wishes {
  const address = listenAddress(listen);
  if (address === undefined) throw coded('UNEXPECTED', { reason: 'an address that is none was taken for one' });
  const ms = (text: string): number => parseDuration(text) ?? 0;
  return {
    ...address,
    atOnce: concurrency,
    maxWaiting: queue,
    requestsPerSecond: rate,
    graceMs: ms(grace),
    drainMs: ms(drain),
    leaseMs: ms(lease),
    beatMs: ms(lease) / 3,
    keepMs: parseDuration(keep),
    maxBytes: parseSize(keepSize),
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
