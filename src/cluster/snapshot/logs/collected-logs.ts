import { containerSections } from './container-sections.ts';
import { prefixedLines } from './prefixed-lines.ts';

const MAX_FILES = 60;

/** Files that hold the logs of several pods, one after the other or line by line: read once, when no other file holds what is asked for. */
export class CollectedLogs {
  readonly #paths: readonly string[];
  readonly #read: (path: string) => Promise<string>;
  #texts: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(paths: readonly string[], read: (path: string) => Promise<string>) {
    this.#paths = paths.slice(0, MAX_FILES);
    this.#read = read;
  }

  /** The log of a container; undefined where none of the files has it. */
  async find({ namespace, pod, container, previous }: { namespace: string; pod: string; container: string; previous: boolean }): Promise<string | undefined> {
    this.#texts ??= this.#readAll();
    const texts = await this.#texts;
    return texts.get(keyOf(`${namespace}/${pod}`, container, previous)) ?? texts.get(keyOf(pod, container, previous));
  }

  async #readAll(): Promise<ReadonlyMap<string, string>> {
    const texts = new Map<string, string>();
    for (const path of this.#paths) {
      const text = await this.#read(path);
      const previous = /prev/i.test(path);
      for (const [pod, sections] of podSections(text)) for (const [container, part] of sections) texts.set(keyOf(pod, container, previous), part);
      for (const [pod, parts] of prefixedLines(text) ?? []) for (const [container, part] of parts) texts.set(keyOf(pod, container, previous), part);
    }
    return texts;
  }
}

const START = /^==== START logs for container \S+ of pod (\S+) ====\r?$/gm;

/** `kubectl cluster-info dump` without a directory: the logs of all pods in one stream. */
function podSections(text: string): [string, ReadonlyMap<string, string>][] {
  const starts = [...text.matchAll(START)];
  const firsts = starts.filter(({ 1: pod }, at) => starts[at - 1]?.[1] !== pod);
  return firsts.map(({ 1: pod = '', index }, at) => [pod, containerSections(text.slice(index, firsts[at + 1]?.index)) ?? new Map()]);
}

function keyOf(pod: string, container: string, previous: boolean): string {
  return `${pod} ${container} ${previous}`;
}
