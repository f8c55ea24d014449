import { RE2JS } from 're2js';
import * as z from 'zod';
import type { Pod } from '../../domain/kubernetes/pod.ts';
import { objectRef } from '../../domain/object-ref.ts';
import { inPieces, unanswered } from '../pieces.ts';
import type { ReadSources } from '../sources.ts';
import { BadArguments, nothing, type Tool, type ToolAnswer, tool } from '../tool.ts';

const MAX_BYTES = 2 ** 20;
const TAIL = 2_000;
const SHOWN = 80;
const TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z?) /;

const input = z.object({
  pod: z.string().describe('name of the pod, or of its workload'),
  namespace: z.string().optional(),
  container: z.string().optional(),
  previous: z.boolean().optional().describe('of the run before the last restart'),
  grep: z.string().optional().describe('only lines that match this regular expression (RE2), in any case'),
  since: z.string().optional().describe('ISO 8601'),
  until: z.string().optional().describe('ISO 8601'),
  tail: z.number().int().positive().optional().describe(`the last lines (default ${SHOWN})`),
});
type Input = z.infer<typeof input>;

/** Logs with grep and a window of time. They are redacted before they are searched: what a model may not see it cannot find out by asking. */
export function logTool(sources: ReadSources): Tool {
  return tool({
    name: 'get_logs',
    description: 'Log lines of a pod, the last ones; with grep those around a word, with since and until those of a time.',
    source: 'cluster',
    input,
    run: async (given, signal) => getLogs(sources, given, signal),
  });
}

async function getLogs(sources: ReadSources, given: Input, signal: AbortSignal): Promise<ToolAnswer> {
  const namespace = given.namespace ?? sources.namespace;
  if (namespace === undefined) throw new BadArguments('a namespace is needed');
  const matches = matcher(given.grep);
  const pods = await podsNamed(sources, namespace, given.pod, signal);
  if (!Array.isArray(pods)) return pods;
  const answers = await Promise.all(pods.slice(0, 3).map((pod) => logOf(sources, { pod, given, matches }, signal)));
  const notes = answers.flatMap(({ note }) => note ?? []);
  return { pieces: answers.flatMap(({ pieces }) => pieces), note: notes.length === 0 ? null : notes.join('; ') };
}

interface Asked {
  readonly pod: Pod;
  readonly given: Input;
  readonly matches: (line: string) => boolean;
}

async function logOf({ reader, redactor }: ReadSources, { pod, given, matches }: Asked, signal: AbortSignal): Promise<ToolAnswer> {
  const { namespace = '', name } = pod.metadata;
  const containers = (pod.spec?.containers ?? []).map((container) => container.name);
  const container = given.container ?? containers[0] ?? '';
  const previous = given.previous === true;
  const found = await reader.logs(
    {
      namespace,
      pod: name,
      container,
      previous,
      tailLines: TAIL,
      maxBytes: MAX_BYTES,
      timestamps: true,
      ...(given.since === undefined ? {} : { since: given.since }),
    },
    signal,
  );
  const what = `${previous ? 'previous ' : ''}log of ${namespace}/${name} ${container}`;
  if (found.status !== 'found') return unanswered(what, found);
  const lines = redactor
    .text(found.value.text)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const wanted = lines.filter((line) => within(line, given) && matches(line));
  if (wanted.length === 0) return nothing(`${what}: none of its last ${lines.length} lines ${given.grep === undefined ? 'is of that time' : 'matches'}`);
  const shown = wanted.slice(-(given.tail ?? SHOWN));
  const draft = {
    source: 'log' as const,
    object: objectRef('Pod', namespace, name),
    field_path: previous ? 'previous' : null,
    container,
    excerpt: shown.join('\n'),
  };
  const told = inPieces(draft, { keep: 'end' });
  const left = wanted.length - shown.length;
  const others = containers.length > 1 && given.container === undefined ? [`other containers: ${containers.slice(1).join(', ')}`] : [];
  const notes = [...(left > 0 ? [`${left} earlier lines are left out`] : []), ...others, ...(told.note === null ? [] : [told.note])];
  return { pieces: told.pieces, note: notes.length === 0 ? null : `${what}: ${notes.join('; ')}` };
}

/** The pod of that name, or the pods whose names begin with it: those of a workload. */
async function podsNamed({ reader }: ReadSources, namespace: string, name: string, signal: AbortSignal): Promise<Pod[] | ToolAnswer> {
  const exact = await reader.get<Pod>('Pod', namespace, name, signal);
  if (exact.status === 'found') return [exact.value];
  const all = await reader.list<Pod>('Pod', { namespace, maxItems: 2_000 }, signal);
  if (all.status !== 'found') return unanswered(`pods in ${namespace}`, all);
  const begun = all.value.items.filter(({ metadata }) => metadata.name.startsWith(`${name}-`));
  return begun.length > 0 ? [...begun] : unanswered(`Pod ${namespace}/${name}`, exact);
}

function matcher(grep: string | undefined): (line: string) => boolean {
  if (grep === undefined) return () => true;
  try {
    // A placeholder of an address has the look of a set of letters.
    const pattern = RE2JS.compile(grep.replace(/\[((?:ip|email)-\d+|redacted:[\w-]+)\]/g, '\\[$1\\]'), RE2JS.CASE_INSENSITIVE);
    return (line) => pattern.matcher(line).find();
  } catch {
    const word = grep.toLowerCase();
    return (line) => line.toLowerCase().includes(word);
  }
}

function within(line: string, { since, until }: Input): boolean {
  if (since === undefined && until === undefined) return true;
  const at = Date.parse(TIME.exec(line)?.[1] ?? '');
  // A line without a time belongs to the one before it; nobody knows when that was.
  if (Number.isNaN(at)) return true;
  return (since === undefined || at >= Date.parse(since)) && (until === undefined || at <= Date.parse(until));
}
