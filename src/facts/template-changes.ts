import type { WorkloadDoc } from '../domain/facts/workload.ts';
import type { Json, KubeObject } from '../domain/kubernetes/object.ts';
import { controllerOf } from '../domain/kubernetes/object.ts';
import type { PodTemplate, Workload } from '../domain/kubernetes/workload.ts';
import { ageSeconds, type FactContext } from './context.ts';

type Changes = WorkloadDoc['changes'];
interface Revision {
  readonly number: number;
  readonly createdAt: string | undefined;
  readonly template: PodTemplate | undefined;
}
/** ControllerRevision keeps the template of a StatefulSet or DaemonSet as a patch (apps/v1 ControllerRevision.data). */
interface ControllerRevision extends KubeObject {
  readonly revision?: number;
  readonly data?: { readonly spec?: { readonly template?: PodTemplate } };
}

const REVISION = 'deployment.kubernetes.io/revision';
/** Written by controllers and tools, without a meaning for the containers. */
const IGNORED = /^metadata\.(labels\.pod-template-hash|annotations\.kubectl\.kubernetes\.io|creationTimestamp)|\$patch$/;
const MAX_CHANGES = 20;

/** What the newest revision of a workload's template changed against the one before; empty where there is only one. */
export function templateChanges(context: FactContext, workload: Workload): Changes {
  const [newest, before] = revisionsOf(context, workload).sort((a, b) => b.number - a.number);
  if (newest?.template === undefined || before?.template === undefined) return [];
  const at = newest.createdAt ?? null;
  return differences(before.template, newest.template).map((change) => ({ ...change, at, age_s: ageSeconds(context, at) }));
}

function revisionsOf(context: FactContext, workload: Workload): Revision[] {
  const { namespace, name } = workload.metadata;
  const isOwn = (object: KubeObject): boolean => {
    const owner = controllerOf(object);
    return owner?.kind === workload.kind && owner.name === name;
  };
  if (workload.kind === 'Deployment') {
    return context.inventory
      .list<Workload>('ReplicaSet', namespace)
      .filter(isOwn)
      .map(({ metadata, spec }) => ({
        number: Number(metadata.annotations?.[REVISION] ?? 0),
        createdAt: metadata.creationTimestamp,
        template: spec?.template,
      }));
  }
  return context.inventory
    .list<ControllerRevision>('ControllerRevision', namespace)
    .filter(isOwn)
    .map(({ metadata, revision, data }) => ({ number: revision ?? 0, createdAt: metadata.creationTimestamp, template: data?.spec?.template }));
}

/** Fields that differ, by path, with the values of both sides as text; items of a list are told apart by their name. */
export function differences(before: PodTemplate, after: PodTemplate): { field: string; from: string | null; to: string | null }[] {
  const [old, now] = [flatten(before as unknown as Json), flatten(after as unknown as Json)];
  const fields = [...new Set([...old.keys(), ...now.keys()])].filter((field) => old.get(field) !== now.get(field) && !IGNORED.test(field));
  return fields.slice(0, MAX_CHANGES).map((field) => ({ field, from: old.get(field) ?? null, to: now.get(field) ?? null }));
}

function flatten(value: Json | undefined, path = '', into = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object')) into.set(path, value.join(' '));
    else for (const [index, item] of value.entries()) flatten(item as Json, `${path}[${nameOf(item as Json) ?? index}]`, into);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) flatten(item, path === '' ? key : `${path}.${key}`, into);
  } else if (value !== undefined) into.set(path, String(value));
  return into;
}

function nameOf(item: Json): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
  const { name, containerPort, mountPath } = item as { readonly [key: string]: Json };
  const key = mountPath ?? name ?? containerPort;
  return key === undefined || key === null ? undefined : `name=${String(key)}`;
}
