import type { Kind } from '../../domain/kubernetes/resource-type.ts';

/** Something that people suspect by a word: how causes of that sort are told, and what one has to have read to speak of it. */
export interface Suspect {
  readonly name: string;
  /** In the line of the person. */
  readonly said: RegExp;
  /** In the id, title or mechanism of a cause. */
  readonly told: RegExp;
  /** Kinds that show it; without them nothing can be said. `logs`: of pods. */
  readonly shownBy: readonly (Kind | 'logs')[];
}

const suspect = (name: string, said: RegExp, told: RegExp, ...shownBy: Suspect['shownBy']): Suspect => ({ name, said, told, shownBy });

export const SUSPECTS: readonly Suspect[] = [
  suspect('memory', /\b(?:memory|oom\w*|ram|heap|leak)\b/, /memory|oom|heap/i, 'Pod', 'Event'),
  suspect('CPU', /\b(?:cpu|throttl\w*|processor)\b/, /\bcpu\b|throttl/i, 'Pod', 'Node'),
  suspect(
    'the disk',
    /\b(?:disks?|storage|volumes?|pvc|claims?|full)\b/,
    /disk|storage|volume|claim|ephemeral|no space/i,
    'Pod',
    'PersistentVolumeClaim',
    'Node',
  ),
  suspect('DNS', /\b(?:dns|name resolution|resolv\w*|coredns)\b/, /\bdns\b|resolv|no such host/i, 'Service', 'logs'),
  suspect(
    'the network',
    /\b(?:network\w*|firewall|polic(?:y|ies)|netpol|cni|connect\w*)\b/,
    /network|polic|unreachable|refused|connect/i,
    'NetworkPolicy',
    'Service',
    'logs',
  ),
  suspect('a node', /\b(?:nodes?|kubelet|host|machine|hardware)\b/, /\bnode|kubelet/i, 'Node'),
  suspect('the image', /\b(?:images?|registry|pull\w*|tag)\b/, /image|registry|pull/i, 'Pod', 'Event'),
  suspect(
    'the database',
    /\b(?:database|db|postgres\w*|mysql|mariadb|mongo\w*|redis|sql)\b/,
    /database|postgres|mysql|mariadb|mongo|redis|sql/i,
    'Pod',
    'Service',
    'logs',
  ),
  suspect('the configuration', /\b(?:config\w*|settings?|env\w*|variables?)\b/, /config|setting|variable|\benv/i, 'ConfigMap', 'Pod'),
  suspect('a secret', /\b(?:secrets?|passwords?|credentials?|login|auth\w*)\b/, /secret|password|credential|login|authenticat/i, 'Pod', 'Event'),
  suspect('a probe', /\b(?:probes?|health ?checks?|liveness|readiness)\b/, /probe/i, 'Pod', 'Event'),
  suspect('a quota', /\b(?:quotas?|limit ?ranges?)\b/, /quota|limit.?range/i, 'ResourceQuota', 'LimitRange'),
  suspect('a certificate', /\b(?:certificates?|certs?|tls|ssl)\b/, /certificate|tls|x509/i, 'Pod', 'logs'),
  suspect('permissions', /\b(?:permissions?|rbac|forbidden|roles?)\b/, /permission|rbac|forbidden|denied/i, 'Pod', 'logs'),
  suspect(
    'scheduling',
    /\b(?:schedul\w*|capacity|resources|taints?|affinity|autoscal\w*)\b/,
    /schedul|insufficient|taint|affinity|autoscal/i,
    'Pod',
    'Node',
    'Event',
  ),
  suspect('a change', /\b(?:deploy\w*|releases?|rollouts?|changes?|upgrades?|updates?|version)\b/, /rollout|revision|release/i, 'ReplicaSet', 'Deployment'),
];
