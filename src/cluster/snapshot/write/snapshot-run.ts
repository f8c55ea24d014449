import type { KubeObject } from '../../../domain/kubernetes/object.ts';
import type { Pod } from '../../../domain/kubernetes/pod.ts';
import type { ApiService } from '../../../domain/kubernetes/policy.ts';
import { type Kind, resourceType } from '../../../domain/kubernetes/resource-type.ts';
import { servedVersion } from '../../../domain/kubernetes/served-version.ts';
import type { Lookup } from '../../../domain/lookup.ts';
import type { Redactor } from '../../../redact/redactor.ts';
import type { Listing } from '../../reader.ts';
import { ATTACHMENTS } from '../layouts/attachments.ts';
import { dumpFile } from '../layouts/cluster-info-dump.ts';
import type { RecordedGap, SnapshotInfo } from '../snapshot-info.ts';
import type { SnapshotSummary, WriteSnapshotOptions } from '../write-snapshot.ts';
import { cleanObject } from './clean-object.ts';
import { type LoggedPod, loggedPod, speaksForOthers } from './log-plan.ts';
import { DEFAULT_LOG_BUDGET, LogWriter } from './log-writer.ts';
import { type PlannedRead, readPlan } from './read-plan.ts';
import type { SnapshotSink } from './snapshot-sink.ts';

/** One dump being written: lists, then logs, then what lies beside them, then what the dump says of itself. */
export class SnapshotRun {
  readonly #options: WriteSnapshotOptions;
  readonly #sink: SnapshotSink;
  readonly #logs: LogWriter;
  readonly #gaps: RecordedGap[] = [];
  readonly #pods: LoggedPod[] = [];
  /** Undefined until the cluster told which APIs it serves; a dump is not asked. */
  #apis: readonly ApiService[] | undefined;
  readonly #namespaces = new Set<string>();
  #objects = 0;

  constructor(options: WriteSnapshotOptions, sink: SnapshotSink) {
    const { reader, redactor, signal, logs } = options;
    this.#options = options;
    this.#sink = sink;
    this.#logs = new LogWriter({
      reader,
      redactor,
      signal,
      sink,
      budget: { ...DEFAULT_LOG_BUDGET, ...logs },
      onPod: ({ namespace, name }) => this.#progress(`logs of ${namespace}/${name}`),
    });
  }

  counts(): Pick<SnapshotSummary, 'objects' | 'logs' | 'gaps' | 'namespaces' | 'logsCut' | 'logsLeftOut'> {
    const { cut, leftOut } = this.#logs.recorded;
    return {
      objects: this.#objects,
      logs: this.#logs.files,
      gaps: this.#gaps,
      namespaces: [...this.#namespaces].sort(),
      logsCut: cut.length,
      logsLeftOut: leftOut,
    };
  }

  async write(): Promise<void> {
    const { namespaces, reader, secretNames = false } = this.#options;
    // A dump is asked namespace by namespace: it may hold a kind of some of them only.
    const wanted = namespaces.length > 0 ? namespaces : (reader.namespaces ?? [undefined]);
    for (const namespace of wanted) if (namespace !== undefined) this.#namespaces.add(namespace);
    for (const read of readPlan(wanted, secretNames)) await this.#writeKind(read);
    await this.#logs.write(this.#pods);
    await this.#writeAttachments();
    await this.#sink.write('snapshot-info.json', `${JSON.stringify(this.#info(), null, 1)}\n`);
  }

  async #writeKind({ kind, namespace }: PlannedRead): Promise<void> {
    const { reader, redactor, signal } = this.#options;
    const version = this.#apis !== undefined && resourceType(kind).addOn === true ? servedVersion(this.#apis, kind) : resourceType(kind).version;
    if (version === undefined) return;
    this.#progress(namespace === undefined ? resourceType(kind).plural : `${resourceType(kind).plural} in ${namespace}`);
    const lookup = await reader.list(
      kind,
      { ...(namespace === undefined ? {} : { namespace }), version, metadataOnly: kind === 'Secret', project: (item) => cleanObject(item, redactor) },
      signal,
    );
    this.#recordGap(kind, namespace, lookup);
    if (lookup.status !== 'found') return;
    const items = lookup.value.items.filter(isSafe);
    if (kind === 'APIService' && reader.target.reader === 'live') this.#apis = items;
    if (kind === 'Namespace') for (const { metadata } of items) if (this.#isWanted(metadata.name)) this.#namespaces.add(metadata.name);
    if (kind === 'Pod') {
      const pods = items.map((item) => item as Pod);
      this.#pods.push(...pods.filter((pod) => this.#isWanted(pod.metadata.namespace ?? '') || speaksForOthers(pod)).map(loggedPod));
    }
    this.#objects += items.length;
    for (const [home, group] of this.#byNamespace(kind, namespace, items)) await this.#sink.write(dumpFile(kind, home), listText(group));
  }

  /** Of a list of all namespaces, also those get a file in which there is nothing: that there is nothing is known. */
  #byNamespace(kind: Kind, namespace: string | undefined, items: readonly KubeObject[]): ReadonlyMap<string | undefined, readonly KubeObject[]> {
    if (!resourceType(kind).namespaced || namespace !== undefined) return new Map([[namespace, items]]);
    const groups = new Map<string | undefined, KubeObject[]>([...this.#namespaces].map((name) => [name, []]));
    for (const item of items) {
      const group = groups.get(item.metadata.namespace);
      if (group === undefined) groups.set(item.metadata.namespace, [item]);
      else group.push(item);
    }
    return groups;
  }

  #isWanted(namespace: string): boolean {
    const { namespaces } = this.#options;
    return namespaces.length === 0 || namespaces.includes(namespace);
  }

  #recordGap(kind: Kind, namespace: string | undefined, lookup: Lookup<Listing>): void {
    const at = { kind, namespace: namespace ?? null };
    if (lookup.status === 'forbidden') this.#gaps.push({ ...at, why: 'forbidden', needs: lookup.needs });
    if (lookup.status === 'not-collected' && lookup.reason !== undefined) {
      this.#gaps.push({ ...at, why: 'not-collected', needs: lookup.needs, detail: this.#options.redactor.text(lookup.reason) });
    }
    if (lookup.status !== 'found') return;
    const { truncated, problems, items } = lookup.value;
    const needs = `all ${resourceType(kind).plural}`;
    if (truncated) this.#gaps.push({ ...at, why: 'truncated', needs, detail: `only the first ${items.length} were read` });
    else if (problems.length > 0) this.#gaps.push({ ...at, why: 'unreadable', needs, detail: this.#options.redactor.text(problems.slice(0, 3).join('; ')) });
  }

  async #writeAttachments(): Promise<void> {
    const { reader, redactor, signal, attachment } = this.#options;
    for (const name of ATTACHMENTS) {
      if (name === 'snapshot-info.json') continue;
      const text = (await reader.attachment(name, signal)) ?? attachment?.(name);
      if (text !== undefined) await this.#sink.write(name, name.endsWith('.json') ? cleanJson(text, redactor) : redactor.text(text));
    }
  }

  #info(): SnapshotInfo {
    const { reader } = this.#options;
    const { cluster, context, server_version } = reader.target;
    const names = [...this.#namespaces];
    const namespace = names.length === 1 ? names[0] : reader.defaultNamespace;
    return {
      collectedAt: reader.asOf,
      namespace: namespace ?? null,
      cluster,
      context,
      serverVersion: server_version,
      gaps: [...this.#gaps],
      logs: this.#logs.recorded,
    };
  }

  #progress(what: string): void {
    this.#options.onProgress?.({ what, files: this.#sink.files });
  }
}

/** JSON is redacted as what it is, so that it stays JSON. */
function cleanJson(text: string, redactor: Redactor): string {
  try {
    return JSON.stringify(redactor.object(JSON.parse(text) as unknown));
  } catch {
    return redactor.text(text);
  }
}

/** Names become folders: one that the API server would never accept does not leave the destination. */
function isSafe({ metadata }: KubeObject): boolean {
  return [metadata.namespace ?? 'none', metadata.name].every((name) => name !== '.' && name !== '..' && !/[/\\\0]/.test(name));
}

/** One object a line, so that two dumps can be compared, and a cut one loses little. */
function listText(items: readonly KubeObject[]): string {
  return `{"apiVersion":"v1","kind":"List","items":[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]}\n`;
}
