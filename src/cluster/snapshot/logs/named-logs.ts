/** The log that is looked for, and what its pod has besides. */
export interface WantedLog {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  /** All containers of the pod, the wanted one among them. */
  readonly containers: readonly string[];
  /** Namespaces that the dump is of. */
  readonly namespaces: readonly string[];
}

/** A file that is named after a pod. `whole`: it is named after the container, too, so that all of it is the container's. */
export interface NamedLog {
  readonly path: string;
  readonly whole: boolean;
}

/** Words that people and tools put into the names of logs, beside those of pod and container. */
const FILLER = /^(?:logs?|current|stdout|stderr|txt|out|kubectl|pods?|containers?|all|tail|cluster|namespaces?|[cnp]|ns)?$/;
const PREVIOUS = /(?:^|[^a-z0-9])(?:previous|prev|last|before|terminated|p)(?=$|[^a-z0-9])/;

/** The log of a container by its path alone, however its collector has named it: POD_CONTAINER.log, NS/POD/CONTAINER/current.log, POD-previous.txt … */
export function findNamedLog(paths: readonly string[], wanted: WantedLog): NamedLog | undefined {
  const found = paths.flatMap((path): (NamedLog & { readonly rank: number })[] => {
    const after = afterPod(path, wanted);
    if (after === undefined) return [];
    const { container, previous } = readRest(after.rest, wanted);
    if (container === null || previous !== wanted.previous || (container !== undefined && container !== wanted.container)) return [];
    return [{ path, whole: container !== undefined, rank: Number(container !== undefined) * 2 + Number(after.inNamespace) }];
  });
  return found.toSorted((a, b) => b.rank - a.rank || a.path.length - b.path.length)[0];
}

/** What stands behind the pod's name; undefined where the path does not name it, or names another namespace. */
function afterPod(path: string, { namespace, pod, namespaces }: WantedLog): { readonly rest: string; readonly inNamespace: boolean } | undefined {
  const at = path.lastIndexOf(pod);
  if (at === -1) return undefined;
  const before = path.slice(0, at);
  const rest = path.slice(at + pod.length);
  if (/^[a-z0-9]/.test(rest)) return undefined;
  const parts = before.split(/[/_\s.:=[\]]+/);
  // A name goes on over a hyphen: only a namespace may stand in front of one.
  const joined = before.endsWith('-') ? (parts.at(-1) ?? '').slice(0, -1) : undefined;
  if (joined !== undefined && !namespaces.includes(joined)) return undefined;
  if (joined === undefined && before !== '' && /[a-z0-9]$/.test(before)) return undefined;
  const inNamespace = parts.includes(namespace) || joined === namespace;
  const inOther = namespaces.some((other) => other !== namespace && (parts.includes(other) || joined === other));
  return inOther && !inNamespace ? undefined : { rest, inNamespace };
}

/** `container` is undefined where the rest names none, and null where it says that this is no log. */
function readRest(rest: string, { containers }: WantedLog): { readonly container: string | null | undefined; readonly previous: boolean } {
  const bare = rest.replace(/\.(?:log|txt|out)$/i, '').toLowerCase();
  const container = containers.filter((name) => isNamed(bare, name)).toSorted((a, b) => b.length - a.length)[0];
  const others = (container === undefined ? bare : bare.replaceAll(container, '')).split(/[^a-z0-9]+/);
  const previous = PREVIOUS.test(container === undefined ? bare : bare.replaceAll(container, ''));
  const strange = others.some((word) => !FILLER.test(word) && !PREVIOUS.test(word) && !/^\d+$/.test(word));
  return { container: strange ? null : container, previous };
}

function isNamed(text: string, name: string): boolean {
  const at = text.indexOf(name);
  return at !== -1 && !/[a-z0-9]/.test(text.charAt(at - 1)) && !/[a-z0-9]/.test(text.charAt(at + name.length));
}
