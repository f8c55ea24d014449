import type { NodeDoc } from '../domain/facts/node.ts';
import type { ConnectivityCheck } from '../domain/telemetry.ts';

/** What TCP checks from one node say, beside the same checks from other nodes; null when none was made from it. */
export function nodeConnectivity(checks: readonly ConnectivityCheck[], node: string): NodeDoc['connectivity'] {
  const tried = checks.flatMap((check) => {
    const own = check.checks.filter(({ fromNode }) => fromNode === node);
    const others = check.checks.filter(({ fromNode }) => fromNode !== node);
    return own.length === 0
      ? []
      : [{ check, failed: own.some(({ reachable }) => !reachable), elsewhere: others.some(({ reachable }) => !reachable), compared: others.length > 0 }];
  });
  if (tried.length === 0) return null;
  const failed = tried.filter((row) => row.failed);
  const alone = failed.filter((row) => row.compared && !row.elsewhere);
  return {
    checks: tried.length,
    failed: failed.length,
    elsewhere_failed: failed.filter((row) => row.elsewhere).length,
    only_here: alone.length >= 2 && alone.length >= tried.length / 2,
    services: failed
      .slice(0, 5)
      .map(({ check }) => `${check.service}${check.port === null ? '' : `:${check.port}`}`)
      .join(', '),
  };
}
