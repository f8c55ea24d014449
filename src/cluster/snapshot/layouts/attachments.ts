/** Files that lie beside the objects. */
export const ATTACHMENTS: ReadonlySet<string> = new Set([
  'snapshot-info.json',
  'alerts.json',
  'metrics.om',
  'node-services.json',
  'connectivity.json',
  'service-dependencies.json',
  'node-allocations.json',
]);
