import { dump } from 'js-yaml';
import * as z from 'zod';
import { eventCount, eventTime, isAbout, type KubeEvent } from '../../domain/kubernetes/event.ts';
import { controllerOf, type KubeObject, refOf } from '../../domain/kubernetes/object.ts';
import { type Kind, resourceType } from '../../domain/kubernetes/resource-type.ts';
import { nearNames } from '../../domain/near-names.ts';
import { objectRef, refLabel } from '../../domain/object-ref.ts';
import { inPieces, unanswered } from '../pieces.ts';
import type { ReadSources } from '../sources.ts';
import { nothing, type Tool, type ToolAnswer, tool } from '../tool.ts';
import { kindArgument, kindNamed } from './kind-argument.ts';
import { objectLine } from './object-line.ts';

const MAX_LISTED = 200;
const MAX_EVENTS = 30;
const namespaceArgument = z.string().optional().describe('namespace; left out: that of the question');

/** Reads of objects and events: get, list, describe. Nothing else can be sent to a cluster. */
export function objectTools(sources: ReadSources): Tool[] {
  return [
    tool({
      name: 'list_objects',
      description: 'Lists objects of a kind, one a line, with what tells whether they are well.',
      source: 'cluster',
      input: z.object({ kind: kindArgument, namespace: namespaceArgument, label_selector: z.string().optional(), all_namespaces: z.boolean().optional() }),
      run: async (input, signal) => listObjects(sources, input, signal),
    }),
    tool({
      name: 'get_object',
      description: 'One object as YAML, or one field of it.',
      source: 'cluster',
      input: z.object({
        kind: kindArgument,
        name: z.string(),
        namespace: namespaceArgument,
        field: z.string().optional().describe('dotted path: spec.template.spec.containers.0.image'),
      }),
      run: async (input, signal) => getObject(sources, input, signal),
    }),
    tool({
      name: 'describe_object',
      description: 'One object in short: its state, its conditions, its owner and its latest events.',
      source: 'cluster',
      input: z.object({ kind: kindArgument, name: z.string(), namespace: namespaceArgument }),
      run: async (input, signal) => describeObject(sources, input, signal),
    }),
    tool({
      name: 'get_events',
      description: 'Events of a namespace, the latest first; of one object, or with one reason.',
      source: 'cluster',
      input: z.object({
        namespace: namespaceArgument,
        name: z.string().optional().describe('object that the events are about'),
        reason: z.string().optional(),
        warnings_only: z.boolean().optional(),
      }),
      run: async (input, signal) => getEvents(sources, input, signal),
    }),
  ];
}

interface Named {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
}

async function listObjects(
  sources: ReadSources,
  input: { kind: string; namespace?: string | undefined; label_selector?: string | undefined; all_namespaces?: boolean | undefined },
  signal: AbortSignal,
): Promise<ToolAnswer> {
  const kind = kindNamed(input.kind);
  const namespace = input.all_namespaces === true ? undefined : placeOf(kind, input.namespace, sources);
  const selector = input.label_selector === undefined ? {} : { labelSelector: input.label_selector };
  const found = await sources.reader.list(kind, { ...(namespace === undefined ? {} : { namespace }), ...selector, maxItems: MAX_LISTED }, signal);
  const what = `${resourceType(kind).plural}${namespace === undefined ? '' : ` in ${namespace}`}`;
  if (found.status !== 'found') return unanswered(what, found);
  const lines = found.value.items.map((object) => objectLine(sources.redactor.object(object)));
  const place = namespace === undefined ? objectRef('ControlPlane', undefined, 'kube-apiserver') : objectRef('Namespace', undefined, namespace);
  const listed = inPieces({ source: 'lookup', object: place, field_path: null, excerpt: [`${what}: ${lines.length}`, ...lines].join('\n') });
  return found.value.truncated ? { ...listed, note: [`only the first ${lines.length} were read`, listed.note].filter(Boolean).join('; ') } : listed;
}

async function getObject(sources: ReadSources, input: Named & { field?: string | undefined }, signal: AbortSignal): Promise<ToolAnswer> {
  const found = await objectNamed(sources, input, signal);
  if ('pieces' in found) return found;
  const clean = sources.redactor.object(withoutNoise(found.object));
  const value = input.field === undefined ? clean : fieldAt(clean, input.field);
  if (value === undefined) return nothing(`${refLabel(refOf(found.object))} has no field ${input.field}`);
  const text = typeof value === 'object' ? dump(value, { lineWidth: -1, noRefs: true }).trimEnd() : String(value);
  return inPieces({ source: 'object', object: refOf(found.object), field_path: input.field ?? null, excerpt: text });
}

async function describeObject(sources: ReadSources, input: Named, signal: AbortSignal): Promise<ToolAnswer> {
  const found = await objectNamed(sources, input, signal);
  if ('pieces' in found) return found;
  const { object } = found;
  const clean = sources.redactor.object(object) as KubeObject & { status?: unknown };
  const owner = controllerOf(object);
  const state = [
    objectLine(clean),
    ...(owner === undefined ? [] : [`owner: ${owner.kind}/${owner.name}`]),
    ...(clean.status === undefined ? [] : [dump({ status: clean.status }, { lineWidth: -1, noRefs: true }).trimEnd()]),
  ].join('\n');
  const about = inPieces({ source: 'object', object: refOf(object), field_path: 'status', excerpt: state });
  const events = await getEvents(sources, { namespace: object.metadata.namespace ?? 'default', name: object.metadata.name }, signal);
  return { pieces: [...about.pieces, ...events.pieces], note: about.note };
}

async function getEvents(
  sources: ReadSources,
  input: { namespace?: string | undefined; name?: string | undefined; reason?: string | undefined; warnings_only?: boolean | undefined },
  signal: AbortSignal,
): Promise<ToolAnswer> {
  const namespace = input.namespace ?? sources.namespace;
  const found = await sources.reader.list<KubeEvent>('Event', { ...(namespace === undefined ? {} : { namespace }), maxItems: 2_000 }, signal);
  if (found.status !== 'found') return unanswered(`events${namespace === undefined ? '' : ` in ${namespace}`}`, found);
  const wanted = found.value.items
    .filter(
      (event) =>
        (input.name === undefined || isAbout(event, input.name)) &&
        (input.reason === undefined || event.reason === input.reason) &&
        (input.warnings_only !== true || event.type === 'Warning'),
    )
    .sort((a, b) => (eventTime(b) ?? '').localeCompare(eventTime(a) ?? ''));
  if (wanted.length === 0) return nothing('there are no such events');
  const pieces = wanted.slice(0, MAX_EVENTS).map((event) => ({
    source: 'event' as const,
    object: objectRef(event.involvedObject?.kind ?? 'Event', event.involvedObject?.namespace, event.involvedObject?.name ?? event.metadata.name),
    field_path: null,
    excerpt: sources.redactor.text(`${eventTime(event) ?? ''} ${event.type ?? ''} ${event.reason ?? ''} x${eventCount(event)}: ${event.message ?? ''}`),
    observed_at: eventTime(event) ?? null,
  }));
  return { pieces, note: wanted.length > MAX_EVENTS ? `${wanted.length - MAX_EVENTS} older events are left out` : null };
}

async function objectNamed(sources: ReadSources, input: Named, signal: AbortSignal): Promise<{ object: KubeObject } | ToolAnswer> {
  const kind = kindNamed(input.kind);
  const [given, written] = input.name.includes('/') ? [input.name.split('/').at(-1) ?? '', input.name.split('/')[0]] : [input.name, undefined];
  const namespace = placeOf(kind, input.namespace ?? written, sources);
  const found = await sources.reader.get(kind, namespace, given, signal);
  if (found.status === 'found') return { object: found.value };
  const what = refLabel(objectRef(kind, namespace, given));
  const near = found.status === 'not-found' ? await nearOf(sources, { kind, namespace, name: given }, signal) : [];
  const { note } = unanswered(what, found);
  return nothing(`${note}${near.length === 0 ? '' : `; near: ${near.join(', ')}`}`);
}

async function nearOf(
  { reader }: ReadSources,
  { kind, namespace, name }: { kind: Kind; namespace: string | undefined; name: string },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const all = await reader.list(kind, { ...(namespace === undefined ? {} : { namespace }), metadataOnly: true, maxItems: 1_000 }, signal);
  if (all.status !== 'found') return [];
  const names = all.value.items.map(({ metadata }) => metadata.name);
  const begun = names.filter((each) => each.startsWith(`${name}-`));
  return begun.length > 0 ? begun.slice(0, 5) : nearNames(name, names);
}

function placeOf(kind: Kind, given: string | undefined, { namespace }: ReadSources): string | undefined {
  return resourceType(kind).namespaced ? (given ?? namespace) : undefined;
}

/** Bookkeeping of the API server tells nothing about a fault, and is most of an object. */
function withoutNoise(object: KubeObject): object {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function fieldAt(object: unknown, path: string): unknown {
  const parts = path
    .replace(/\[(\w+)\]/g, '.$1')
    .split('.')
    .filter((part) => part !== '');
  return parts.reduce<unknown>((value, part) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined), object);
}
