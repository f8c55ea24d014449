import type { NodeServiceRole } from '../domain/facts/node-service.ts';
import type { NodeService } from '../domain/telemetry.ts';

const ROLES: readonly (readonly [RegExp, NodeServiceRole])[] = [
  [/kube-?proxy/, 'kube-proxy'],
  [/scheduler/, 'scheduler'],
  [/controller-?manager/, 'controller-manager'],
  [/api-?server/, 'api-server'],
  [/^etcd/, 'etcd'],
  [/kubelet|^k3s|^rke2/, 'kubelet'],
  [/containerd|^docker|cri-?o|cri-dockerd/, 'container-runtime'],
  [/dns|resolved/, 'dns'],
];

/** Which part of a cluster a unit is, by the names that distributions give it: `kubelet.service`, `snap.kubelet.daemon`. */
export function nodeServiceRole(service: string): NodeServiceRole {
  const name = service.toLowerCase();
  return ROLES.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}

/** systemd's words: `inactive (dead)`, `failed`, and `active (exited)` do not run; `activating (auto-restart)` fails again and again. */
export function isDown({ active, sub }: NodeService): boolean {
  return active === 'inactive' || active === 'failed' || active === 'deactivating' || sub === 'dead' || sub === 'failed' || isRestarting({ active, sub });
}

export function isRestarting({ active, sub }: Pick<NodeService, 'active' | 'sub'>): boolean {
  return sub === 'auto-restart' || (active === 'activating' && sub !== 'start');
}
