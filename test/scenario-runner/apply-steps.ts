import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { switchPart } from './cluster-tools.ts';
import { kubectl } from './kubectl.ts';
import type { Place } from './place.ts';
import type { Step } from './scenario.ts';

const ASK_AGAIN_MS = 1000;

/** Runs steps one after the other; files are those of `folder`. */
export async function applySteps(steps: readonly Step[], place: Place, folder: string): Promise<void> {
  for (const step of steps) await applyStep(step, place, folder);
}

async function applyStep(step: Step, place: Place, folder: string): Promise<void> {
  if ('apply' in step) {
    await kubectl(['apply', '-n', place.of(step.in), '-f', '-'], place.fill(readFileSync(join(folder, step.apply), 'utf8')));
  } else if ('wait' in step) {
    await waitFor(place.fill(step.wait), place.of(step.in));
  } else if ('sleep' in step) {
    await sleep(step.sleep * 1000);
  } else if ('kubectl' in step) {
    const args = step.kubectl.map((word) => place.fill(word));
    await kubectl(args.some((word) => /^(?:-n|-A|--namespace.*|--all-namespaces)$/.test(word)) ? args : ['-n', place.of(step.in), ...args]);
  } else {
    const [action = '', part = ''] = step.part;
    await switchPart(action, part);
  }
}

/** `deployment/web condition=Available 60`; the object may not exist yet. */
async function waitFor(text: string, namespace: string): Promise<void> {
  const words = text.split(/\s+/);
  const seconds = Number(words.at(-1));
  const deadline = Date.now() + seconds * 1000;
  const args = ['wait', ...words.slice(0, -2), `--for=${words.at(-2)}`, '-n', namespace];
  for (;;) {
    try {
      const left = Math.max(1, Math.ceil((deadline - Date.now()) / 1000));
      await kubectl([...args, `--timeout=${left}s`]);
      return;
    } catch (error) {
      const absent = error instanceof Error && /NotFound|no matching resources found/.test(error.message);
      if (!absent || Date.now() > deadline) throw error;
      await sleep(ASK_AGAIN_MS);
    }
  }
}
