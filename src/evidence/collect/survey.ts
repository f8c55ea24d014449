import type { ClusterReader } from '../../cluster/reader.ts';
import type { InvestigationRequest } from '../../domain/investigation-request.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import { nearNames } from '../../domain/near-names.ts';
import type { ObjectRef } from '../../domain/object-ref.ts';
import type { ParsedDescription } from '../entities/parsed-description.ts';
import { namespaceNames, requireNamespace } from './require-namespace.ts';

/** Where to read. */
export interface Survey {
  /** Empty: all namespaces. */
  readonly namespaces: readonly string[];
  /** Why these: "asked for", "shop holds Deployment checkout". For the steps. */
  readonly reason: string;
  /** What the text calls a namespace, and is none. */
  readonly unknownNamespace: { readonly name: string; readonly near: readonly string[] } | null;
}

export interface SurveyQuestion {
  readonly reader: ClusterReader;
  readonly request: InvestigationRequest;
  readonly parsed: ParsedDescription;
}

const MAX_NAMESPACES = 2;
const SEARCHED: readonly Kind[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'Service'];

/** Decides the namespaces: the request's, the text's, those that hold what the text names, the context's, else all. At most five requests. Throws for a namespace of the request that does not exist. */
export async function survey(question: SurveyQuestion, signal: AbortSignal): Promise<Survey> {
  const { reader, request, parsed } = question;
  if (request.allNamespaces === true) return { namespaces: [], reason: 'all were asked for', unknownNamespace: null };
  if (request.namespace !== undefined) {
    await requireNamespace(reader, request.namespace, signal);
    return { namespaces: [request.namespace], reason: 'asked for', unknownNamespace: null };
  }
  const existing = await namespaceNames(reader, signal);
  const said = saidNamespaces(parsed, existing);
  const missing = parsed.namespaces.find((name) => existing !== undefined && !existing.has(name));
  const unknownNamespace = missing === undefined ? null : { name: missing, near: nearNames(missing, existing ?? []) };
  if (said.length > 0) return { namespaces: said, reason: 'named in the description', unknownNamespace };
  return { ...(await withoutNamespace(question, signal)), unknownNamespace };
}

/** Those that are said to be namespaces, and other words when a namespace has that name. */
function saidNamespaces(parsed: ParsedDescription, existing: ReadonlySet<string> | undefined): string[] {
  const certain = [...parsed.namespaces, ...parsed.mentions.flatMap(({ namespace }) => namespace ?? [])].filter((name) => existing?.has(name) ?? true);
  const possible = [...parsed.places, ...(certain.length > 0 ? [] : parsed.words)].filter((name) => existing?.has(name) ?? false);
  const said =
    certain.length > 0 ? certain : parsed.places.some((name) => existing?.has(name)) ? parsed.places.filter((name) => existing?.has(name)) : possible;
  return [...new Set(said)].slice(0, MAX_NAMESPACES);
}

type Place = Omit<Survey, 'unknownNamespace'>;

async function withoutNamespace({ reader, parsed }: SurveyQuestion, signal: AbortSignal): Promise<Place> {
  const standard = reader.defaultNamespace;
  const fallback = fallbackOf(reader);
  if (parsed.mentions.some(({ kinds }) => kinds.includes('Node'))) return { namespaces: [], reason: 'a node concerns all of them' };
  const names = [...parsed.mentions.map(({ name }) => name), ...parsed.words];
  if (names.length === 0) return fallback;
  const holders = await search(reader, names, signal);
  if (holders.length === 0) return fallback;
  const here = holders.find(({ namespace }) => namespace === standard);
  const chosen = here === undefined ? holders : [here];
  const namespaces = [...new Set(chosen.flatMap(({ namespace }) => namespace ?? []))].slice(0, MAX_NAMESPACES);
  const [first] = chosen;
  return { namespaces, reason: `${first?.namespace} holds ${first?.kind} ${first?.name}` };
}

function fallbackOf({ defaultNamespace: standard, handedOut }: ClusterReader): Place {
  if (standard !== undefined) return { namespaces: [standard], reason: 'the namespace of the context' };
  if (handedOut !== undefined && handedOut.length <= MAX_NAMESPACES) return { namespaces: handedOut, reason: 'all that is handed out' };
  return { namespaces: [], reason: 'none is named' };
}

/** Workloads and Services of any namespace that one of the names means: its own, or that of one of its pods. */
async function search(reader: ClusterReader, names: readonly string[], signal: AbortSignal): Promise<ObjectRef[]> {
  const wanted = names.map((name) => name.toLowerCase());
  const answers = await Promise.all(
    SEARCHED.map(async (kind) => ({ kind, lookup: await reader.list(kind, { metadataOnly: true, maxItems: 20_000 }, signal) })),
  );
  const found = answers.flatMap(({ kind, lookup }) =>
    lookup.status === 'found'
      ? lookup.value.items.flatMap(({ metadata }) => (metadata.namespace === undefined ? [] : [{ kind, namespace: metadata.namespace, name: metadata.name }]))
      : [],
  );
  const exact = found.filter(({ name }) => wanted.includes(name));
  return exact.length > 0 ? exact : found.filter(({ name }) => wanted.some((word) => word.startsWith(`${name}-`)));
}
