import { parentPort, workerData } from 'node:worker_threads';
import type { ToWriter, WriterData } from './store/sqlite/writer/messages.ts';
import { writeHere } from './store/sqlite/writer/write-here.ts';

/** The thread of a server that writes its SQLite file. */
const write = writeHere(workerData as WriterData);
// One after the other: between two calls nothing else begins.
let done: Promise<void> = Promise.resolve();

parentPort?.on('message', (asked: ToWriter) => {
  done = done.then(async () => {
    const told = await write(asked);
    if (told === undefined) parentPort?.close();
    else parentPort?.postMessage(told);
  });
});
