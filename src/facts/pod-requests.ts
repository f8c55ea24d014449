import type { ContainerSpec, PodSpec } from '../domain/kubernetes/pod.ts';
import { parseQuantity } from '../domain/kubernetes/quantity.ts';

/** Amounts by resource name, in base units: cores, bytes, counts. */
export type Amounts = Readonly<Record<string, number>>;

/**
 * What a pod asks of a node: the larger of its containers together and of each init container with the sidecars started
 * before it (KEP-753, pkg/api/v1/resource PodRequests). A limit without a request counts as the request.
 */
export function podRequests(spec: PodSpec): Amounts {
  let sidecars: Amounts = {};
  let peak: Amounts = {};
  for (const init of spec.initContainers ?? []) {
    const own = containerRequests(init);
    if (init.restartPolicy === 'Always') sidecars = combine(sidecars, own, (a, b) => a + b);
    peak = combine(peak, init.restartPolicy === 'Always' ? sidecars : combine(sidecars, own, (a, b) => a + b), Math.max);
  }
  const running = (spec.containers ?? []).map(containerRequests).reduce((sum, own) => combine(sum, own, (a, b) => a + b), sidecars);
  return combine(running, peak, Math.max);
}

function containerRequests(container: ContainerSpec): Amounts {
  return amountsOf({ ...container.resources?.limits, ...container.resources?.requests });
}

/** Quantities as numbers; what is no quantity is left out. */
export function amountsOf(quantities: Readonly<Record<string, string>> | undefined): Amounts {
  const amounts: Record<string, number> = {};
  for (const [name, text] of Object.entries(quantities ?? {})) {
    const amount = parseQuantity(text);
    if (amount !== undefined) amounts[name] = amount;
  }
  return amounts;
}

export function combine(a: Amounts, b: Amounts, join: (a: number, b: number) => number): Amounts {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...names].map((name) => [name, join(a[name] ?? 0, b[name] ?? 0)]));
}

const UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] as const;

/** An amount as people write it: `1.5` cores, `250m`, `20Gi`, `3`. */
export function formatAmount(resource: string, amount: number): string {
  if (/memory|storage|hugepages/.test(resource)) {
    let value = amount;
    let unit = 0;
    while (Math.abs(value) >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit += 1;
    }
    return `${round(value)}${UNITS[unit]}`;
  }
  if (/cpu/.test(resource) && amount !== 0 && Math.abs(amount) < 1) return `${Math.round(amount * 1000)}m`;
  return String(round(amount));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
