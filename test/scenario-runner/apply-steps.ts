import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { switchPart } from './cluster-tools.ts';
import { kubectl } from './kubectl.ts';
import type { Place } from './place.ts';
import type { Step } from './scenario.ts';

const ASK_AGAIN_MS = 1000;

export interface Stage {
  readonly place: Place;
  /** Where the files lie that steps name. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
}

/** Runs steps one after the other, until the signal says that it is enough. */
export async function applySteps(steps: readonly Step[], stage: Stage): Promise<void> {
  for (const step of steps) {
    stage.signal?.throwIfAborted();
    await applyStep(step, stage);
  }
}

async function applyStep(step: Step, { place, folder, signal }: Stage): Promise<void> {
  if ('apply' in step) {
    await kubectl(['apply', '-n', place.of(step.in), '-f', '-'], { input: place.fill(readFileSync(join(folder, step.apply), 'utf8')), signal });
  } else if ('wait' in step) {
    await waitFor(place.fill(step.wait), place.of(step.in), signal);
  } else if ('sleep' in step) {
    await sleep(step.sleep * 1000, undefined, { signal });
  } else if ('kubectl' in step) {
    const args = step.kubectl.map((word) => place.fill(word));
    await kubectl(args.some((word) => /^(?:-n|-A|--namespace.*|--all-namespaces)$/.test(word)) ? args : ['-n', place.of(step.in), ...args], { signal });
  } else {
    const [action = '', part = ''] = step.part;
    await switchPart(action, part);
  }
}

/** `deployment/web condition=Available 60`; the object may not exist yet. */
async function waitFor(text: string, namespace: string, signal: AbortSignal | undefined): Promise<void> {
  const words = text.split(/\s+/);
  const seconds = Number(words.at(-1));
  const deadline = Date.now() + seconds * 1000;
  const args = ['wait', ...words.slice(0, -2), `--for=${words.at(-2)}`, '-n', namespace];
  for (;;) {
    try {
      const left = Math.max(1, Math.ceil((deadline - Date.now()) / 1000));
      await kubectl([...args, `--timeout=${left}s`], { signal });
      return;
    } catch (error) {
      const absent = error instanceof Error && /NotFound|no matching resources found/.test(error.message);
      if (!absent || Date.now() > deadline) throw error;
      await sleep(ASK_AGAIN_MS);
    }
  }
}
