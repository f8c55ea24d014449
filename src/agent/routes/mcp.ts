import { Readable } from 'node:stream';
import * as z from 'zod';
import { type AgentParts, type Answer, type Asked, type Route, route } from '../route.ts';

/** Where the request came to is of no meaning to the protocol. */
const URL_OF_MCP = 'http://agent/mcp';

const answers = { 200: { what: 'as the Model Context Protocol says (streamable HTTP)' } };
const row = (method: Route['method'], summary: string): Route =>
  route<undefined, unknown>({
    method,
    path: '/mcp',
    summary,
    needs: 'caller',
    onlyReads: true,
    ...(method === 'POST' ? { body: z.unknown() } : {}),
    answers,
    handle: (asked, parts) => passOn(method, asked, parts),
  });

/** The tools over MCP: the same reads, by the same limits. */
export const MCP_ROUTES: readonly Route[] = [
  row('POST', 'A message of the Model Context Protocol'),
  row('GET', 'Messages of the server'),
  row('DELETE', 'The end of a session'),
];

async function passOn(method: string, { headers, body, gone }: Asked<unknown, unknown>, { answerMcp }: AgentParts): Promise<Answer> {
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || name === 'content-length' ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  const request = new Request(URL_OF_MCP, { method, headers: given, signal: gone, ...(method === 'POST' ? { body: JSON.stringify(body ?? null) } : {}) });
  const { status, headers: told, body: stream } = await answerMcp(request);
  return { status, headers: Object.fromEntries(told), ...(stream === null ? {} : { body: Readable.fromWeb(stream as never) }) };
}
