import { existsSync } from 'node:fs';
import { type Allowed, allKinds } from '../../agent/allowed.ts';
import { accountHolders, keyHolders } from '../../agent/callers.ts';
import type { Admission } from '../../agent/let-in.ts';
import { serveAgent } from '../../agent/serve-agent.ts';
import { isLoopback, type ListenAddress, listenAddress } from '../../config/listen-address.ts';
import { parseDuration } from '../../config/setting.ts';
import { isKind } from '../../domain/kubernetes/resource-type.ts';
import { coded } from '../../errors/coded-error.ts';
import { TlsFiles } from '../../http/tls-files.ts';
import { openLog } from '../../log/open-log.ts';
import type { CommandInput } from '../command.ts';
import type { AgentSources, CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';

const AUDIENCE = 'sre-orch-agent';

/** `agent`: until Ctrl-C or SIGTERM. */
export async function runAgent({ options }: CommandInput, context: CommandContext): Promise<CommandResult> {
  const wanted = wishesOf(options);
  const { interrupted, now, version, output } = context;
  await using tracing = await context.openTracing('k8s-agent');
  await using sources = await context.openAgent({ secretKeys: wanted.allowed.kinds.has('Secret') });
  const tls = wanted.tls === undefined ? undefined : new TlsFiles(wanted.tls);
  await serveAgent(
    {
      ...wanted.address,
      ...sources,
      log: openLog('k8s-agent', version),
      admission: admissionOf(wanted, sources),
      allowed: wanted.allowed,
      drainMs: wanted.drainMs,
      clusterName: wanted.name,
      tls,
      tracing,
      now,
      version,
      onListening: (url) => output.err(`listening on ${url}\n`),
    },
    interrupted,
  );
  return { kind: 'done', exitCode: 0 };
}

interface Wishes {
  readonly address: ListenAddress;
  readonly tls: { readonly cert: string; readonly key: string; readonly clientCa: string | undefined } | undefined;
  readonly keyFile: string | undefined;
  readonly accounts: readonly string[];
  readonly audience: string;
  readonly allowed: Allowed;
  readonly name: string | null;
  readonly drainMs: number;
}

function admissionOf({ keyFile, accounts, audience, tls }: Wishes, { reviewToken }: AgentSources): Admission {
  const clock = (): number => performance.now();
  const review = (token: string): ReturnType<typeof reviewToken> => reviewToken(token, [audience], new AbortController().signal);
  const known = [
    ...(keyFile === undefined ? [] : [keyHolders(keyFile, clock)]),
    ...(accounts.length === 0 ? [] : [accountHolders({ names: accounts, review, clock })]),
  ];
  return known.length === 0 ? { by: 'everybody' } : { by: 'callers', known, certificates: tls?.clientCa !== undefined };
}

function wishesOf(options: CommandInput['options']): Wishes {
  const problems: string[] = [];
  const { tlsCert: cert, tlsKey: key, clientCa, keyFile } = texts(options);
  const address = listenAddress(String(options['listen'] ?? '127.0.0.1:8443'));
  if (address === undefined) problems.push('--listen needs an address like 127.0.0.1:8443');
  if ((cert === undefined) !== (key === undefined)) problems.push('--tls-cert and --tls-key need each other');
  if (clientCa !== undefined && cert === undefined) problems.push('--client-ca needs --tls-cert and --tls-key');
  const accounts = namesIn(options['serviceAccounts']).map((name) => `system:serviceaccount:${name.replace('/', ':')}`);
  if (accounts.some((name) => name.split(':').length !== 4)) problems.push('--service-accounts needs names like NAMESPACE/NAME');
  if (address !== undefined && !isLoopback(address.host)) {
    if (cert === undefined) problems.push(`others can reach ${address.host}, and read along: --tls-cert and --tls-key are needed`);
    if (keyFile === undefined && accounts.length === 0) problems.push(`others can reach ${address.host}: --key-file or --service-accounts is needed`);
  }
  if (keyFile !== undefined && !existsSync(keyFile)) problems.push(`--key-file: there is no ${keyFile}`);
  const drainMs = parseDuration(String(options['drain'] ?? '0s'));
  if (drainMs === undefined) problems.push('--drain needs a duration like 5s');
  const kinds = namesIn(options['kinds']);
  const strangers = kinds.filter((kind) => !isKind(kind));
  if (strangers.length > 0) problems.push(`--kinds: there is no ${strangers.join(', ')}`);
  if (address === undefined || problems.length > 0) throw coded('SETTINGS_INVALID', { problems });
  const all = allKinds(options['secrets'] === true);
  const namespaces = namesIn(options['namespaces']);
  return {
    address,
    tls: cert === undefined || key === undefined ? undefined : { cert, key, clientCa },
    keyFile,
    accounts,
    audience: String(options['audience'] ?? AUDIENCE),
    allowed: { kinds: new Set(kinds.length === 0 ? all : all.filter((kind) => kinds.includes(kind))), namespaces: namespaces.length === 0 ? null : namespaces },
    drainMs: drainMs ?? 0,
    name: typeof options['name'] === 'string' ? options['name'] : null,
  };
}

type Texts = Readonly<Partial<Record<'tlsCert' | 'tlsKey' | 'clientCa' | 'keyFile', string>>>;

function texts(options: CommandInput['options']): Texts {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => typeof value === 'string')) as Texts;
}

function namesIn(value: unknown): string[] {
  return typeof value === 'string'
    ? value
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
    : [];
}
