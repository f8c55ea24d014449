import type { AccessQuestion } from '../cluster/live/kubeconfig/find-access.ts';
import type { Settings } from '../config/settings.ts';

/** Which kubeconfig and context, and whether someone can be asked for what an exec plugin wants. */
export function accessOf({ kubeconfig, context }: Settings, ask?: (text: string) => void): AccessQuestion {
  return {
    env: process.env,
    ask: process.stdin.isTTY && process.stderr.isTTY ? ask : undefined,
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(context === undefined ? {} : { context }),
  };
}
