import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Home } from '../program.ts';
import { AServed } from './a-served.ts';

const home = new Home();
let server: AServed;
const LONG = 120_000;

const memoryMiB = (): number => Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024);
const dial = async (): Promise<Socket> => {
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
};
/** Resolves when the socket is closed, however. */
const closing = (socket: Socket): Promise<boolean> =>
  new Promise((resolve) => {
    if (socket.closed) resolve(true);
    socket.once('close', () => resolve(true));
  });
/** What comes until the server closes, or the time is over. */
const heard = async (socket: Socket, atMostMs: number): Promise<{ text: string; closed: boolean }> => {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  const closed = await Promise.race([closing(socket), sleep(atMostMs, false)]);
  return { text, closed };
};
const answersOthers = async (): Promise<void> => {
  const startedAt = performance.now();
  expect((await fetch(`${server.url}/livez`)).status).toBe(200);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
};

describe('clients that mean no good', () => {
  beforeAll(async () => {
    server = await AServed.start(home);
  }, LONG);
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    home[Symbol.dispose]();
  });

  test(
    'a body of 10 MB is refused while it comes, and takes no memory',
    async () => {
      const before = memoryMiB();
      const answers = await Promise.all(
        Array.from({ length: 8 }, async () => {
          const socket = await dial();
          const hearing = heard(socket, 20_000);
          socket.write('POST /api/v1/incidents HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n');
          const chunk = `${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`;
          for (let sent = 0; sent < 10 * 2 ** 20 && socket.writable; sent += 65_536)
            if (!socket.write(chunk)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closing(socket)]);
          socket.end('0\r\n\r\n');
          return (await hearing).text;
        }),
      );
      // Who goes on sending may have lost the answer with the connection; who reads it first is told.
      for (const answer of answers) expect(answer).toMatch(/^$|^HTTP\/1.1 413 [\s\S]*"code":"BODY_TOO_LARGE"/);
      const polite = await dial();
      const hearing = heard(polite, 20_000);
      polite.write(`POST /api/v1/incidents HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${10 * 2 ** 20}\r\n\r\n`);
      expect((await hearing).text).toMatch(/^HTTP\/1.1 413 [\s\S]*"code":"BODY_TOO_LARGE"/);
      expect(memoryMiB() - before).toBeLessThan(40);
      await answersOthers();
    },
    LONG,
  );

  test(
    'headers that do not end and a body that never comes are cut off',
    async () => {
      const slow = await Promise.all(Array.from({ length: 100 }, dial));
      const ended = slow.map((socket, n) => {
        socket.write(
          n % 2 === 0
            ? 'GET /livez HTTP/1.1\r\nhost: localhost\r\nx-slow: '
            : 'POST /api/v1/incidents HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
        );
        return heard(socket, 90_000);
      });
      const drip = setInterval(() => {
        for (const socket of slow) if (socket.writable) socket.write('a');
      }, 1_000);
      await answersOthers();
      const all = await Promise.all(ended);
      clearInterval(drip);
      expect(all.every(({ closed }) => closed)).toBe(true);
      expect(all.map(({ text }) => /^HTTP\/1.1 (\d+)/.exec(text)?.[1] ?? '').filter((status) => status !== '' && !['400', '408'].includes(status))).toEqual([]);
      await answersOthers();
    },
    LONG,
  );

  test(
    'more headers than are needed are refused',
    async () => {
      const socket = await dial();
      const hearing = heard(socket, 20_000);
      socket.write(`GET /livez HTTP/1.1\r\nhost: localhost\r\n${Array.from({ length: 400 }, (_, n) => `x-${n}: ${'y'.repeat(100)}\r\n`).join('')}\r\n`);
      const { text, closed } = await hearing;
      expect(text).toMatch(/^HTTP\/1.1 4\d\d /);
      expect(closed).toBe(true);
    },
    LONG,
  );

  test(
    '500 who wait for events and read nothing, and 500 sockets that say nothing, leave room for others',
    async () => {
      // Both threads have their engines before anything is measured.
      for (let n = 0; n < 4; n += 1) await server.post(`checkout fails, ${n}`);
      await server.settled();
      const before = memoryMiB();
      // Without a namespace the memory-limit dump is done at once: what is followed has to go on, so it waits behind others.
      const ids: string[] = [];
      for (let n = 0; n < 30; n += 1) ids.push((await server.post(`checkout is failing, ${n}`)) ?? '');
      const last = ids.at(-1);
      const idle = await Promise.all(Array.from({ length: 500 }, dial));
      for (const socket of idle.slice(0, 250)) socket.pause();
      for (const socket of idle) socket.write(`GET /api/v1/incidents/${last}/events HTTP/1.1\r\nhost: localhost\r\n\r\n`);
      const mute = await Promise.all(Array.from({ length: 500 }, dial));
      await answersOthers();
      const incidents = await server.settled();
      expect(incidents.filter(({ incident_id: id }) => ids.includes(id)).every(({ status }) => status === 'completed')).toBe(true);
      await answersOthers();
      expect(memoryMiB() - before).toBeLessThan(150);
      for (const socket of [...idle, ...mute]) socket.destroy();
      await answersOthers();
      // Nothing of them is left that would count against a limit.
      const events = await fetch(`${server.url}/api/v1/incidents/${last}/events`);
      expect(events.status).toBe(200);
      await events.text();
    },
    LONG,
  );
});
