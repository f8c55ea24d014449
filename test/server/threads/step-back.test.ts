import { once } from 'node:events';
import { getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

const STEP_BACK = new URL('../../../src/server/threads/step-back.ts', import.meta.url);
const THREAD = `
  const { parentPort } = await import('node:worker_threads');
  const { getPriority } = await import('node:os');
  const { readlinkSync } = await import('node:fs');
  const own = () => getPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)));
  const { stepBack } = await import(${JSON.stringify(STEP_BACK.href)});
  const before = own();
  stepBack();
  parentPort.postMessage({ before, after: own() });
`;

test.skipIf(process.platform !== 'linux')('a thread steps back behind the others of its process', async () => {
  const thread = new Worker(new URL(`data:text/javascript,${encodeURIComponent(THREAD)}`));
  const [{ before, after }] = (await once(thread, 'message')) as [{ before: number; after: number }];
  await thread.terminate();
  expect(before).toBe(getPriority());
  expect(after).toBe(Math.min(before + 10, 19));
  expect(getPriority()).toBe(before);
});
