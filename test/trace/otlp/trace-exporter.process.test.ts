import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { expect, test } from 'vitest';
import { readableSpan } from '../../../src/trace/otlp/readable-span.ts';
import { traceExporter } from '../../../src/trace/otlp/trace-exporter.ts';

const RESOURCE = defaultResource().merge(resourceFromAttributes({ 'service.name': 'sre-orchestrator' }));
const SPAN = readableSpan(
  {
    name: 'list pods',
    kind: 'client',
    trace: { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', sampled: true, state: null },
    parent: null,
    startedAt: 0,
    endedAt: 5,
    attributes: { 'sre_orch.items': 3 },
    error: null,
  },
  RESOURCE,
  { name: 'sre-orch' },
);

/** What a collector is sent, and what is said meanwhile. */
async function sentWith(env: Readonly<Record<string, string>>): Promise<{ type: IncomingHttpHeaders['content-type']; body: Buffer; told: string[] }> {
  const told: string[] = [];
  const got: { type: IncomingHttpHeaders['content-type']; body: Buffer }[] = [];
  const collector = createServer(async (request, response) => {
    got.push({ type: request.headers['content-type'], body: await buffer(request) });
    response.writeHead(200).end();
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const url = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces`;
  const exporter = traceExporter({ url, env, timeoutMillis: 3_000, warn: (text) => told.push(text) });
  const { code } = await new Promise<{ code: number }>((done) => exporter.export([SPAN], done));
  await exporter.shutdown();
  collector.close();
  expect(code).toBe(0);
  if (got[0] === undefined) throw new Error('nothing was sent');
  return { ...got[0], told };
}

/** The one field of a protobuf message whose length is told (https://protobuf.dev/programming-guides/encoding/): its number, and its bytes. */
function onlyField(message: Buffer): { field: number; bytes: Buffer } {
  let [length, at] = [0, 1];
  for (let shift = 0; ; shift += 7) {
    const byte = message[at++] ?? 0;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  expect(at + length).toBe(message.length);
  return { field: (message[0] ?? 0) >> 3, bytes: message.subarray(at) };
}

test.each<[string, Record<string, string>]>([
  ['where nothing is said', {}],
  ['where it is asked for', { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf' }],
])('protobuf %s', async (_when, env) => {
  const { type, body, told } = await sentWith(env);
  expect([type, told]).toEqual(['application/x-protobuf', []]);
  const { field, bytes } = onlyField(body);
  expect(field).toBe(1);
  for (const part of ['sre-orchestrator', 'list pods', 'sre_orch.items', Buffer.from('0af7651916cd43dd8448eb211c80319c', 'hex')])
    expect(bytes.includes(part)).toBe(true);
});

test('JSON where it is asked for', async () => {
  const { type, body } = await sentWith({ OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' });
  expect(type).toBe('application/json');
  expect(JSON.parse(body.toString())).toMatchObject({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'list pods' }] }] }] });
});

test('gRPC is said not to be spoken, once, with what to do', async () => {
  const { type, told } = await sentWith({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
  expect(type).toBe('application/x-protobuf');
  expect(told).toEqual([expect.stringMatching(/^OTEL_EXPORTER_OTLP_PROTOCOL is none of http\/protobuf, http\/json: .* 4318$/)]);
});
