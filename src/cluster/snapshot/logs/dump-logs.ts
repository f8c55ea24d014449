import type { Pod } from '../../../domain/kubernetes/pod.ts';
import type { Lookup } from '../../../domain/lookup.ts';
import type { LogOptions, LogText } from '../../reader.ts';
import { decodeText } from '../files/decode-text.ts';
import type { FileTree } from '../files/file-tree.ts';
import { reasonOf } from '../files/reason-of.ts';
import type { Layout, Place } from '../layouts/place.ts';
import type { RecordedLogs } from '../snapshot-info.ts';
import { CollectedLogs } from './collected-logs.ts';
import { containerSections } from './container-sections.ts';
import { logKey } from './log-key.ts';
import { logRefusal } from './log-refusal.ts';
import { logWindow } from './log-window.ts';
import { findNamedLog, type NamedLog } from './named-logs.ts';
import { prefixedLines } from './prefixed-lines.ts';

type LogFile = Extract<Place, { type: 'log' }> & { readonly path: string };

export interface DumpLogsOptions {
  readonly tree: FileTree;
  readonly layout: Layout;
  readonly files: readonly LogFile[];
  /** Files of text of which the layout says nothing: whoever collected them may have named logs in a way of their own. */
  readonly others: readonly string[];
  readonly namespaces: readonly string[];
  readonly asOf: string;
  /** What the dump says of its own logs. */
  readonly recorded: RecordedLogs | undefined;
  readonly podOf: (namespace: string, pod: string) => Promise<Lookup<Pod>>;
}

/** Of a longer file, the end is read. */
const MAX_FILE_BYTES = 64 * 1024 ** 2;

/** The logs of a dump. What kubectl wrote in place of a log is told apart from a log. */
export class DumpLogs {
  readonly #options: DumpLogsOptions;
  readonly #files: ReadonlyMap<string, readonly LogFile[]>;
  readonly #cut: ReadonlySet<string>;
  readonly #collected: CollectedLogs;
  /** The containers of a pod are asked for one after the other. */
  #last: { readonly path: string; readonly text: Promise<DecodedLog> } | undefined;

  constructor(options: DumpLogsOptions) {
    this.#options = options;
    this.#cut = new Set(options.recorded?.cut);
    this.#collected = new CollectedLogs(options.others, async (path) => (await this.#readText(path)).text);
    this.#files = Map.groupBy(options.files, ({ namespace, pod, previous }) => fileKey(namespace, pod, previous));
  }

  async read(wanted: LogOptions): Promise<Lookup<LogText>> {
    const pod = await this.#options.podOf(wanted.namespace, wanted.pod);
    if (pod.status === 'not-found' || (wanted.previous && neverRestarted(pod, wanted.container))) return { status: 'not-found', readAt: this.#options.asOf };
    const files = this.#files.get(fileKey(wanted.namespace, wanted.pod, wanted.previous)) ?? [];
    const own = files.find(({ container }) => container === wanted.container);
    const shared = files.find(({ container }) => container === undefined);
    const named = own === undefined && shared === undefined ? this.#named(wanted, pod) : undefined;
    const file = own ?? shared ?? named;
    try {
      if (file === undefined) return await this.#fromCollected(wanted);
      const { text, cut } = await this.#text(file.path);
      const part = own === undefined && named?.whole !== true ? partOf(text, wanted, { pod, byHand: named !== undefined }) : text;
      return part === undefined ? this.#missing(wanted, `${file.path} holds no log of container ${wanted.container}`) : this.#answer(part, cut, wanted);
    } catch (error) {
      return this.#missing(wanted, reasonOf(error));
    }
  }

  #named(wanted: LogOptions, pod: Lookup<Pod>): NamedLog | undefined {
    const { others, namespaces } = this.#options;
    return others.length === 0 ? undefined : findNamedLog(others, { ...wanted, namespaces, containers: containersOf(pod) });
  }

  async #fromCollected(wanted: LogOptions): Promise<Lookup<LogText>> {
    const text = await this.#collected.find(wanted);
    return text === undefined ? this.#missing(wanted, this.#options.recorded?.leftOut?.reason) : this.#answer(text, false, wanted);
  }

  #answer(part: string, cut: boolean, wanted: LogOptions): Lookup<LogText> {
    const { asOf } = this.#options;
    const refusal = logRefusal(part);
    if (refusal?.status === 'not-found') return { status: 'not-found', readAt: asOf };
    if (refusal?.status === 'forbidden') return { status: 'forbidden', needs: `get pods/log in ${wanted.namespace}` };
    if (refusal !== undefined) return this.#missing(wanted, refusal.reason);
    const { text, truncated } = logWindow(part, wanted);
    return { status: 'found', value: { text, truncated: truncated || cut || this.#cut.has(logKey(wanted)) }, readAt: asOf };
  }

  #missing(wanted: LogOptions, reason?: string): Lookup<never> {
    const needs = `${this.#options.layout.logFileOf(wanted)} in the dump`;
    return reason === undefined ? { status: 'not-collected', needs } : { status: 'not-collected', needs, reason };
  }

  #text(path: string): Promise<DecodedLog> {
    if (this.#last?.path !== path) this.#last = { path, text: this.#readText(path) };
    return this.#last.text;
  }

  async #readText(path: string): Promise<DecodedLog> {
    const { bytes, cut } = await this.#options.tree.read(path, MAX_FILE_BYTES);
    return { text: decodeText(bytes), cut: cut !== undefined };
  }
}

/** Without markers, the log is the container's if the pod has no other; what `kubectl logs POD` was asked for is its default container's. */
function partOf(text: string, { pod: name, container }: LogOptions, { pod, byHand }: { pod: Lookup<Pod>; byHand: boolean }): string | undefined {
  const sections = containerSections(text) ?? prefixedLines(text)?.get(name);
  if (sections !== undefined) return sections.get(container);
  const containers = containersOf(pod);
  const annotated = pod.status === 'found' ? pod.value.metadata.annotations?.['kubectl.kubernetes.io/default-container'] : undefined;
  return (byHand || containers.length === 1) && (annotated ?? containers[0]) === container ? text : undefined;
}

function containersOf(pod: Lookup<Pod>): readonly string[] {
  const spec = pod.status === 'found' ? pod.value.spec : undefined;
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map(({ name }) => name);
}

function neverRestarted(pod: Lookup<Pod>, container: string): boolean {
  const status = pod.status === 'found' ? pod.value.status : undefined;
  const containers = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])];
  return containers.find(({ name }) => name === container)?.restartCount === 0;
}

interface DecodedLog {
  readonly text: string;
  readonly cut: boolean;
}

function fileKey(namespace: string, pod: string, previous: boolean): string {
  return `${namespace}/${pod}/${previous}`;
}
