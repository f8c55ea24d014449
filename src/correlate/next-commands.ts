import type { Gap } from '../domain/gap.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import type { Candidate } from './candidate.ts';

const MAX_COMMANDS = 8;

/** Effects whose reason is usually in the log of the run before the restart. */
const LOGGED: ReadonlySet<string> = new Set(['crashing', 'killed', 'not-ready', 'job-failed', 'dependency-failing', 'degraded']);

/** What to run by hand to find out: about each unexplained symptom, then about each missing permission, then about what was not listed. */
export function nextCommands(
  unexplained: readonly Candidate[],
  gaps: readonly Gap[],
  unseen: readonly { plural: string; namespace: string | undefined }[],
): string[] {
  const commands = [...unexplained.flatMap(commandsAbout), ...gaps.flatMap(permissionCheck), ...unseen.map(({ plural, namespace }) => list(plural, namespace))];
  return [...new Set(commands)].slice(0, MAX_COMMANDS);
}

function commandsAbout({ subjects, effect, containers }: Candidate): string[] {
  const [subject] = subjects;
  if (subject === undefined || subject.kind === 'External' || subject.kind === 'ControlPlane') return [];
  const describe = `kubectl describe ${target(subject)}`;
  if (subject.kind !== 'Pod') return [describe];
  const [container] = containers;
  const of = container === undefined ? '--all-containers' : `-c ${quoted(container)}`;
  const logs = `kubectl logs ${quoted(subject.name)}${inNamespace(subject.namespace)} ${of} --tail=100`;
  return LOGGED.has(effect) ? [describe, effect === 'crashing' || effect === 'killed' ? `${logs} --previous` : logs] : [describe];
}

/** "get pods/log in shop" asks the API server whether that is allowed. */
function permissionCheck({ why, needs }: Gap): string[] {
  const permission = /^(get|list|watch) ([a-z./]+)(?: in ([a-z0-9.-]+))?$/.exec(needs);
  if (why !== 'forbidden' || permission === null) return [];
  const [, verb, resource, namespace] = permission;
  return [`kubectl auth can-i ${verb} ${resource}${inNamespace(namespace)}`];
}

function list(plural: string, namespace: string | undefined): string {
  return `kubectl get ${plural}${namespace === undefined ? ' -A' : inNamespace(namespace)} -o wide`;
}

function target({ kind, namespace, name }: ObjectRef): string {
  return `${kind.toLowerCase()}/${quoted(name)}${inNamespace(namespace)}`;
}

function inNamespace(namespace: string | undefined): string {
  return namespace === undefined ? '' : ` -n ${quoted(namespace)}`;
}

/** Names come from the cluster or from a dump: anything that a shell could read otherwise is quoted. */
function quoted(word: string): string {
  return /^[A-Za-z0-9._:-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
