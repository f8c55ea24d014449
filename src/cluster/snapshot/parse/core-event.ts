/** An event in the words of core/v1, which `kubectl get events.events.k8s.io` tells in its own: regarding, note, deprecatedCount. */
export function coreEvent(raw: Record<string, unknown>): Record<string, unknown> {
  if (raw['regarding'] === undefined || raw['involvedObject'] !== undefined) return raw;
  return {
    ...raw,
    apiVersion: 'v1',
    involvedObject: raw['regarding'],
    message: raw['note'],
    count: raw['deprecatedCount'],
    firstTimestamp: raw['deprecatedFirstTimestamp'],
    lastTimestamp: raw['deprecatedLastTimestamp'],
    source: raw['deprecatedSource'],
    reportingComponent: raw['reportingController'],
  };
}
