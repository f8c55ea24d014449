import { join } from 'node:path';
import { IMAGE } from '../../packaging/chart/values.ts';
import { kubectl } from '../kubectl.ts';

/** Starts the stand-in of a language model in a namespace; answers its host. `holdMs`: how long it thinks before each answer. */
export async function startModel(namespace: string, { holdMs = 0 } = {}): Promise<string> {
  await kubectl('create', 'configmap', 'stand-in', '-n', namespace, `--from-file=${join(import.meta.dirname, 'model.mjs')}`);
  await kubectl('apply', '-n', namespace, '-f', join(import.meta.dirname, 'model.yaml'));
  await kubectl('set', 'env', 'deployment/stand-in', '-n', namespace, `HOLD_MS=${holdMs}`);
  await kubectl('set', 'image', 'deployment/stand-in', '-n', namespace, `model=${IMAGE}`);
  await kubectl('rollout', 'status', 'deployment/stand-in', '-n', namespace, '--timeout=120s');
  return `stand-in.${namespace}.svc`;
}
