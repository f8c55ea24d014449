import type { Gap } from '../domain/gap.ts';
import { kubectlTarget, namespaceFlag, shellWord } from '../domain/kubectl.ts';
import type { Candidate } from './candidate.ts';
import type { Unseen } from './unseen.ts';

const MAX_COMMANDS = 8;
const MAX_LOGS = 3;

/** Effects whose reason is usually in the log of the run before the restart. */
const LOGGED: ReadonlySet<string> = new Set(['crashing', 'killed', 'not-ready', 'job-failed', 'dependency-failing', 'schema-missing', 'degraded']);

interface Open {
  readonly gaps: readonly Gap[];
  readonly unseen: Unseen;
  /** Names that the question asks about and nothing bears. */
  readonly missing: readonly string[];
}

/** What to run by hand to find out: where that is which was asked for, then about each unexplained symptom, each missing permission, and what was not listed. */
export function nextCommands(unexplained: readonly Candidate[], { gaps, unseen, missing }: Open): string[] {
  const names = missing.length > 0 ? ['kubectl get deployments,statefulsets,daemonsets,services -A'] : [];
  const commands = [...names, ...unexplained.flatMap(commandsAbout), ...gaps.flatMap(permissionCheck), ...toSee(unseen)];
  return [...new Set(commands)].slice(0, MAX_COMMANDS);
}

function commandsAbout({ subjects, effect, containers, primary }: Candidate): string[] {
  const [subject] = subjects;
  const target = subject && kubectlTarget(subject);
  if (subject === undefined || target === undefined) return [];
  const describe = `kubectl describe ${target}`;
  if (subject.kind !== 'Pod' || !LOGGED.has(effect)) return [describe];
  // What saw the container knows whether it runs again, or ended for good.
  const told = primary.remediation.find(({ command }) => command?.startsWith('kubectl logs '))?.command;
  if (told) return [describe, `${told} --tail=100`];
  const [container] = containers;
  const of = container === undefined ? '--all-containers' : `-c ${shellWord(container)}`;
  const logs = `kubectl logs ${shellWord(subject.name)}${namespaceFlag(subject.namespace)} ${of} --tail=100`;
  return [describe, effect === 'crashing' || effect === 'killed' ? `${logs} --previous` : logs];
}

/** "get pods/log in shop" asks the API server whether that is allowed. */
function permissionCheck({ why, needs }: Gap): string[] {
  const permission = /^(get|list|watch) ([a-z./]+)(?: in ([a-z0-9.-]+))?$/.exec(needs);
  if (why !== 'forbidden' || permission === null) return [];
  const [, verb, resource, namespace] = permission;
  return [`kubectl auth can-i ${verb} ${resource}${namespaceFlag(namespace)}`];
}

/** What was not listed, in one command for each namespace, and the logs of a few workloads of which none was read. */
function toSee({ lists, silent }: Unseen): string[] {
  const listing = [...Map.groupBy(lists, ({ namespace }) => namespace)].map(
    ([namespace, kinds]) => `kubectl get ${kinds.map(({ plural }) => plural).join(',')}${namespace === undefined ? ' -A' : namespaceFlag(namespace)} -o wide`,
  );
  const logs = silent.slice(0, MAX_LOGS).flatMap((workload) => {
    const target = kubectlTarget(workload);
    return target === undefined ? [] : [`kubectl logs ${target} --all-containers --tail=100`];
  });
  return [...listing, ...logs];
}
