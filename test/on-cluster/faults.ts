/** Seven manifests, each with one fault, and what must be said of it. */
export interface Fault {
  readonly manifest: string;
  readonly object: string;
  readonly title?: string;
  readonly causes: readonly string[];
}

export const FAULTS: readonly Fault[] = [
  { manifest: 'memory-limit.yaml', object: 'Deployment report-builder', causes: ['container-memory-limit-exceeded'], title: 'Insufficient Memory' },
  { manifest: 'missing-image-tag.yaml', object: 'Deployment catalog', causes: ['image-not-found'] },
  { manifest: 'refused-database.yaml', object: 'Deployment ledger-db', causes: ['database-unreachable'], title: 'Database Unreachable' },
  { manifest: 'unschedulable-request.yaml', object: 'Deployment trainer', causes: ['request-exceeds-every-node'], title: 'Insufficient Cluster Resources' },
  { manifest: 'missing-config-map.yaml', object: 'Deployment mailer', causes: ['config-map-not-found'] },
  { manifest: 'wrong-service-selector.yaml', object: 'Service storefront', causes: ['service-selector-mismatch'] },
  { manifest: 'failing-readiness-port.yaml', object: 'Deployment search', causes: ['readiness-probe-wrong-port'] },
];
