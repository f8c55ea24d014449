import type { Pod } from '../../../domain/kubernetes/pod.ts';
import type { Lookup } from '../../../domain/lookup.ts';
import type { LogOptions, LogText } from '../../reader.ts';
import { decodeText } from '../files/decode-text.ts';
import type { FileTree } from '../files/file-tree.ts';
import { reasonOf } from '../files/reason-of.ts';
import type { Layout, Place } from '../layouts/place.ts';
import type { RecordedLogs } from '../snapshot-info.ts';
import { containerSections } from './container-sections.ts';
import { logKey } from './log-key.ts';
import { logRefusal } from './log-refusal.ts';
import { logWindow } from './log-window.ts';

type LogFile = Extract<Place, { type: 'log' }> & { readonly path: string };

export interface DumpLogsOptions {
  readonly tree: FileTree;
  readonly layout: Layout;
  readonly files: readonly LogFile[];
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
  /** The containers of a pod are asked for one after the other. */
  #last: { readonly path: string; readonly text: Promise<DecodedLog> } | undefined;

  constructor(options: DumpLogsOptions) {
    this.#options = options;
    this.#cut = new Set(options.recorded?.cut);
    this.#files = Map.groupBy(options.files, ({ namespace, pod, previous }) => fileKey(namespace, pod, previous));
  }

  async read(wanted: LogOptions): Promise<Lookup<LogText>> {
    const pod = await this.#options.podOf(wanted.namespace, wanted.pod);
    if (pod.status === 'not-found' || (wanted.previous && neverRestarted(pod, wanted.container))) return { status: 'not-found', readAt: this.#options.asOf };
    const files = this.#files.get(fileKey(wanted.namespace, wanted.pod, wanted.previous)) ?? [];
    const own = files.find(({ container }) => container === wanted.container);
    const shared = files.find(({ container }) => container === undefined);
    const file = own ?? shared;
    if (file === undefined) return this.#missing(wanted, this.#options.recorded?.leftOut?.reason);
    try {
      const { text, cut } = await this.#text(file.path);
      const part = own === undefined ? partOf(text, wanted.container, pod) : text;
      return part === undefined ? this.#missing(wanted, `${file.path} holds no log of container ${wanted.container}`) : this.#answer(part, cut, wanted);
    } catch (error) {
      return this.#missing(wanted, reasonOf(error));
    }
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

/** Without markers, the log is the container's if the pod has no other. */
function partOf(text: string, container: string, pod: Lookup<Pod>): string | undefined {
  const sections = containerSections(text);
  if (sections !== undefined) return sections.get(container);
  const spec = pod.status === 'found' ? pod.value.spec : undefined;
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  return containers.length === 1 && containers[0]?.name === container ? text : undefined;
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
