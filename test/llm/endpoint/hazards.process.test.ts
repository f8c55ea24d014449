import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ChatMessage, ToolOffer } from '../../../src/llm/chat.ts';
import { askFor } from '../../../src/llm/structured.ts';
import { anEndpoint, NEVER } from '../an-endpoint.ts';
import { type Answer, type Asked, calls, chunks, cutAfter, dies, hangs, LlmServer, minds, refuses, says } from '../llm-server.ts';

const ask: ChatMessage[] = [{ role: 'user', content: 'why?' }];
const LOGS: ToolOffer = {
  name: 'get_logs',
  description: 'Reads logs.',
  parameters: { type: 'object', properties: { pod: { type: 'string' } }, required: ['pod'] },
};
const NOW: ToolOffer = { name: 'now', description: 'The time.', parameters: { type: 'object', properties: {} } };
const shape = z.object({ cause: z.string() });
const question = { name: 'verdict', schema: shape, messages: ask };
const last = (server: LlmServer): Asked => server.asked.at(-1) as Asked;

describe('an endpoint of a language model', () => {
  test('1: never asks for a shape and offers tools at once', async () => {
    await using server = await LlmServer.start(says('ok'));
    await anEndpoint(server).chat({ messages: ask, tools: [LOGS], schema: { name: 'x', schema: { type: 'object' } } }, NEVER);
    expect(last(server).tools).toHaveLength(1);
    expect(last(server).response_format).toBeUndefined();
  });

  test('2: goes down the ladder strict, plain, tool, text, and stays where it was understood', async () => {
    const seen: string[] = [];
    const picky: Answer = (response, asked) => {
      const way = asked.response_format ? (asked.response_format.json_schema.strict ? 'strict' : 'plain') : asked.tools ? 'tool' : 'text';
      seen.push(way);
      if (asked.response_format) return refuses(400, { error: { message: 'response_format json_schema is not supported' } })(response, asked);
      if (asked.tools) return refuses(400, { error: { message: 'this model does not support tools' } })(response, asked);
      return says('Sure! ```json\n{"cause": "disk full",}\n```')(response, asked);
    };
    await using server = await LlmServer.start(picky);
    const endpoint = anEndpoint(server);
    expect(await askFor(endpoint, question, NEVER)).toEqual({ cause: 'disk full' });
    expect(seen).toEqual(['strict', 'plain', 'tool', 'text']);
    await askFor(endpoint, question, NEVER);
    expect(seen.slice(4)).toEqual(['text']);
  });

  test('2: takes the answer of a forced tool', async () => {
    const picky: Answer = minds(
      (asked) => asked.response_format !== undefined,
      'unknown field response_format',
      calls({ name: 'answer', arguments: { cause: 'disk full' } }),
    );
    await using server = await LlmServer.start(picky);
    expect(await askFor(anEndpoint(server), question, NEVER)).toEqual({ cause: 'disk full' });
  });

  test('2: repairs once, and gives up then', async () => {
    await using server = await LlmServer.start(says('no idea'), says('{"cause": "disk full"}'));
    expect(await askFor(anEndpoint(server), question, NEVER)).toEqual({ cause: 'disk full' });
    await using stubborn = await LlmServer.start(says('no idea'));
    await expect(askFor(anEndpoint(stubborn), question, NEVER)).rejects.toMatchObject({ code: 'LLM_ANSWER_UNUSABLE' });
    expect(stubborn.asked).toHaveLength(2);
  });

  test.each(['stop', 'tool_calls', 'length', undefined])('3: sees calls whatever it finished for: %s', async (finish) => {
    const call = { index: 0, id: 'a1', function: { name: 'get_logs', arguments: '{"pod":"x"}' } };
    await using server = await LlmServer.start(chunks([{ choices: [{ delta: { tool_calls: [call] }, ...(finish && { finish_reason: finish }) }] }]));
    const { toolCalls } = await anEndpoint(server).chat({ messages: ask, tools: [LOGS] }, NEVER);
    expect(toolCalls).toEqual([{ id: 'a1', name: 'get_logs', arguments: '{"pod":"x"}' }]);
  });

  test('3: takes "tool_calls" without calls for an answer in words', async () => {
    await using server = await LlmServer.start(says('the disk is full', { finish: 'tool_calls' }));
    expect(await anEndpoint(server).chat({ messages: ask, tools: [LOGS] }, NEVER)).toMatchObject({ text: 'the disk is full', toolCalls: [] });
  });

  const piece = (call: object): object => ({ choices: [{ delta: { tool_calls: [call] } }] });
  test.each<[string, object[]]>([
    [
      'indexes that are always 0',
      [
        piece({ index: 0, id: 'a', function: { name: 'get_logs', arguments: '{"pod":"x"}' } }),
        piece({ index: 0, id: 'b', function: { name: 'get_logs', arguments: '{"pod":"y"}' } }),
      ],
    ],
    [
      'no indexes',
      [
        piece({ id: 'a', function: { name: 'get_logs', arguments: '{"pod":' } }),
        piece({ function: { arguments: '"x"}' } }),
        piece({ id: 'b', function: { name: 'get_logs', arguments: '{"pod":"y"}' } }),
      ],
    ],
    [
      'no ids, indexes only',
      [
        piece({ index: 0, function: { name: 'get_logs', arguments: '{"pod":' } }),
        piece({ index: 1, function: { name: 'get_logs', arguments: '{"pod":"y"}' } }),
        piece({ index: 0, function: { arguments: '"x"}' } }),
      ],
    ],
    [
      'neither ids nor indexes',
      [piece({ function: { name: 'get_logs', arguments: '{"pod":"x"}' } }), piece({ function: { name: 'get_logs', arguments: '{"pod":"y"}' } })],
    ],
    [
      'arguments as objects',
      [
        piece({ index: 0, id: 'a', function: { name: 'get_logs', arguments: { pod: 'x' } } }),
        piece({ index: 1, id: 'b', function: { name: 'get_logs', arguments: { pod: 'y' } } }),
      ],
    ],
    [
      'both in one piece',
      [
        {
          choices: [
            {
              delta: {
                tool_calls: [
                  { id: 'a', function: { name: 'get_logs', arguments: '{"pod":"x"}' } },
                  { id: 'b', function: { name: 'get_logs', arguments: '{"pod":"y"}' } },
                ],
              },
            },
          ],
        },
      ],
    ],
    [
      'the same id twice',
      [
        piece({ index: 0, id: 'a', function: { name: 'get_logs', arguments: '{"pod":"x"}' } }),
        piece({ index: 1, function: { name: 'get_logs', arguments: '{"pod":"y"}' } }),
      ],
    ],
  ])('4: puts streamed calls together with %s', async (_, pieces) => {
    await using server = await LlmServer.start(chunks(pieces));
    const { toolCalls } = await anEndpoint(server).chat({ messages: ask, tools: [LOGS] }, NEVER);
    expect(toolCalls.map(({ name, arguments: given }) => [name, JSON.parse(given)])).toEqual([
      ['get_logs', { pod: 'x' }],
      ['get_logs', { pod: 'y' }],
    ]);
    expect(new Set(toolCalls.map(({ id }) => id)).size).toBe(2);
  });

  test('5: asks once more without streaming when a stream with tools is empty, and remembers it', async () => {
    const empty: Answer = (response, asked) =>
      asked.stream && asked.tools ? chunks([])(response, asked) : calls({ name: 'get_logs', arguments: { pod: 'x' } })(response, asked);
    await using server = await LlmServer.start(empty);
    const endpoint = anEndpoint(server);
    expect((await endpoint.chat({ messages: ask, tools: [LOGS] }, NEVER)).toolCalls).toHaveLength(1);
    await endpoint.chat({ messages: ask, tools: [LOGS] }, NEVER);
    expect(server.asked.map(({ stream }) => stream)).toEqual([true, undefined, undefined]);
  });

  test.each([
    ['"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set', '--enable-auto-tool-choice'],
    ['tools param requires --jinja flag', '--jinja'],
  ])('6: goes on without tools and knows which option is missing: %s', async (message, flag) => {
    await using server = await LlmServer.start(minds((asked) => asked.tools !== undefined, message, says('{"tool": "get_logs", "arguments": {"pod": "x"}}')));
    const endpoint = anEndpoint(server);
    const { toolCalls } = await endpoint.chat({ messages: ask, tools: [LOGS] }, NEVER);
    expect(toolCalls).toMatchObject([{ name: 'get_logs', arguments: '{"pod":"x"}' }]);
    expect(endpoint.dialect.tools_flag).toBe(flag);
    expect(last(server).messages[0]?.content).toContain('get_logs: Reads logs. Arguments: pod (string, required)');
  });

  test('6: sends one system message, the first', async () => {
    await using server = await LlmServer.start(says('ok'));
    await anEndpoint(server).chat({ messages: [{ role: 'system', content: 'A' }, ...ask, { role: 'system', content: 'B' }] }, NEVER);
    expect(last(server).messages.map(({ role, content }) => [role, content])).toEqual([
      ['system', 'A\n\nB'],
      ['user', 'why?'],
    ]);
  });

  test('7: gives thought signatures back with their call, and sends no empty parameters', async () => {
    const signed = {
      index: 0,
      id: 'a',
      type: 'function',
      function: { name: 'now', arguments: '' },
      extra_content: { google: { thought_signature: 'c2lnbmVk' } },
    };
    await using server = await LlmServer.start(chunks([{ choices: [{ delta: { tool_calls: [signed] } }] }]), says('ok'));
    const endpoint = anEndpoint(server);
    const { toolCalls } = await endpoint.chat({ messages: ask, tools: [NOW] }, NEVER);
    expect(last(server).tools?.[0]?.function).not.toHaveProperty('parameters');
    await endpoint.chat(
      { messages: [...ask, { role: 'assistant', content: '', toolCalls }, { role: 'tool', callId: 'a', name: 'now', content: 'noon' }], tools: [NOW] },
      NEVER,
    );
    expect(last(server).messages[1]?.tool_calls?.[0]).toMatchObject({
      id: 'a',
      function: { arguments: '{}' },
      extra_content: { google: { thought_signature: 'c2lnbmVk' } },
    });
  });

  const thinking: ChatMessage[] = [...ask, { role: 'assistant', content: 'hm', reasoning: 'because' }, { role: 'user', content: 'go on' }];
  test('8: sends reasoning back only to who wants it; turned around once', async () => {
    const wants: Answer = minds(
      (asked) => asked.messages.some(({ role, reasoning_content: own }) => role === 'assistant' && own === undefined),
      'reasoning_content must be passed back',
      says('ok'),
    );
    await using server = await LlmServer.start(wants);
    await anEndpoint(server).chat({ messages: thinking }, NEVER);
    expect(server.asked.map(({ messages }) => messages[1]?.reasoning_content)).toEqual([undefined, 'because']);
    await using never = await LlmServer.start(refuses(400, { error: { message: 'reasoning_content is wrong' } }));
    await expect(
      anEndpoint(never, { dialect: { ...anEndpoint(never).dialect, usage_in_stream: false } }).chat({ messages: thinking }, NEVER),
    ).rejects.toMatchObject({ code: 'LLM_REFUSED' });
    expect(never.asked).toHaveLength(2);
  });

  test.each([
    ['<think>let me see</think>the disk is full', 'the disk is full'],
    ['let me see</think>\nthe disk is full', 'the disk is full'],
    ['the disk is full<think>or is it', 'the disk is full'],
  ])('8: strips thoughts out of %j', async (text, said) => {
    await using server = await LlmServer.start(says(text));
    expect((await anEndpoint(server).chat({ messages: ask }, NEVER)).text).toBe(said);
  });

  test.each([
    ['small', 'max_tokens', true],
    ['o4-mini', 'max_completion_tokens', false],
    ['openai/gpt-5-mini', 'max_completion_tokens', false],
  ])('9: limits the answer of %s by %s', async (model, field, temperature) => {
    await using server = await LlmServer.start(says('ok'));
    await anEndpoint(server, { model }).chat({ messages: ask, maxTokens: 50 }, NEVER);
    expect(last(server)[field]).toBe(50);
    expect('temperature' in last(server)).toBe(temperature);
  });

  test('9: takes the other limit where one is refused, drops a temperature that is, and tells a cut answer', async () => {
    const picky = minds(
      (asked) => asked['max_tokens'] !== undefined,
      "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
      minds((asked) => asked['temperature'] !== undefined, "Unsupported value: 'temperature' does not support 0", says('the disk', { finish: 'length' })),
    );
    await using server = await LlmServer.start(picky);
    const reply = await anEndpoint(server).chat({ messages: ask, maxTokens: 50 }, NEVER);
    expect(reply).toMatchObject({ cut: true, warnings: ['its answer was cut at the limit of tokens'] });
    expect(last(server)).toMatchObject({ max_completion_tokens: 50 });
  });

  test('10: speaks as system, also to reasoning models', async () => {
    await using server = await LlmServer.start(says('ok'));
    await anEndpoint(server, { model: 'o4-mini' }).chat({ messages: [{ role: 'system', content: 'A' }, ...ask] }, NEVER);
    expect(last(server).messages[0]?.role).toBe('system');
  });

  test('11: counts by itself, and says so, where the server does not', async () => {
    await using server = await LlmServer.start(
      minds((asked) => asked['stream_options'] !== undefined, 'Unrecognized request argument: stream_options', says('ok', { usage: null })),
    );
    const { usage } = await anEndpoint(server).chat({ messages: ask }, NEVER);
    expect(usage.estimated).toBe(true);
    expect(usage.input).toBeGreaterThan(0);
    await using counting = await LlmServer.start(says('ok'));
    expect((await anEndpoint(counting).chat({ messages: ask }, NEVER)).usage).toEqual({ input: 100, output: 10, estimated: false });
  });

  test('12: makes ids of nine letters and digits where there are none', async () => {
    await using server = await LlmServer.start(chunks([piece({ function: { name: 'get_logs', arguments: '{}' } })]));
    const { toolCalls } = await anEndpoint(server).chat({ messages: ask, tools: [LOGS] }, NEVER);
    expect(toolCalls[0]?.id).toMatch(/^[A-Za-z0-9]{9}$/);
  });

  test('13: drops by name what is refused by name', async () => {
    const dialect = { ...anEndpoint({ url: 'http://127.0.0.1/v1' } as LlmServer).dialect, strict_tools: true };
    const picky = minds(
      (asked) => asked['parallel_tool_calls'] !== undefined,
      'Unknown parameter: parallel_tool_calls',
      minds((asked) => asked.tools?.[0]?.function.strict !== undefined, "Extra inputs are not permitted: 'strict'", says('ok')),
    );
    await using server = await LlmServer.start(picky);
    await anEndpoint(server, { dialect }).chat({ messages: ask, tools: [LOGS] }, NEVER);
    expect(server.asked).toHaveLength(3);
    const choosy = minds(
      (asked) => asked['tool_choice'] !== undefined || asked.response_format !== undefined,
      'tool_choice and response_format are not known',
      says('{"cause": "x"}'),
    );
    await using other = await LlmServer.start(choosy);
    expect(await askFor(anEndpoint(other), question, NEVER)).toEqual({ cause: 'x' });
  });

  test('13: asks no other way where the prompt is too long, and goes without tools where nothing else is left', async () => {
    await using long = await LlmServer.start(refuses(400, { error: { message: "This model's maximum context length is 4096 tokens" } }));
    await expect(anEndpoint(long).chat({ messages: ask, tools: [LOGS] }, NEVER)).rejects.toMatchObject({ code: 'LLM_REFUSED' });
    expect(long.asked).toHaveLength(1);
    await using mute = await LlmServer.start(
      minds((asked) => asked.tools !== undefined, 'Bad Request', says('{"tool": "get_logs", "arguments": {"pod": "x"}}')),
    );
    expect((await anEndpoint(mute).chat({ messages: ask, tools: [LOGS] }, NEVER)).toolCalls).toHaveLength(1);
  });

  test('14: gives each call exactly one result', async () => {
    await using server = await LlmServer.start(says('ok'));
    const two = [
      { id: 'a', name: 'get_logs', arguments: '{}' },
      { id: 'b', name: 'now', arguments: '{}' },
    ];
    const stray: ChatMessage = { role: 'tool', callId: 'gone', name: 'now', content: 'stray' };
    const twice: ChatMessage[] = ['first', 'again'].map((content) => ({ role: 'tool', callId: 'b', name: 'now', content }));
    await anEndpoint(server).chat(
      { messages: [...ask, { role: 'assistant', content: '', toolCalls: two }, stray, ...twice, { role: 'user', content: 'and?' }], tools: [LOGS] },
      NEVER,
    );
    expect(last(server).messages.map(({ role, tool_call_id: id, content }) => [role, id ?? content])).toEqual([
      ['user', 'why?'],
      ['assistant', ''],
      ['tool', 'a'],
      ['tool', 'b'],
      ['user', 'and?'],
    ]);
    expect(last(server).messages[2]?.content).toBe('cancelled');
  });

  test('15: warns when the prompt does not fit, and when the server read less than was sent', async () => {
    const long: ChatMessage[] = [{ role: 'user', content: 'x '.repeat(10_000) }];
    await using server = await LlmServer.start(says('ok', { usage: { prompt_tokens: 2_048, completion_tokens: 1 } }));
    expect((await anEndpoint(server).chat({ messages: long }, NEVER)).warnings[0]).toMatch(/^it read 2048 tokens where about \d+ were sent/);
    expect((await anEndpoint(server, { contextTokens: 4_096 }).chat({ messages: long }, NEVER)).warnings[0]).toContain('does not fit its window of 4096');
  });

  test.each<[string, Answer, string]>([
    ['an object', refuses(404, { error: { message: 'no such model', code: 'model_not_found' } }), 'HTTP 404: no such model (model_not_found)'],
    ['a string', refuses(400, { error: 'model is required' }), 'HTTP 400: model is required'],
    ['a list', refuses(400, [{ error: { code: 400, message: 'API key not valid' } }]), 'HTTP 400: API key not valid'],
    ['details', refuses(422, { detail: [{ loc: ['body'], msg: 'field required' }] }), 'HTTP 422: field required'],
    ['a web page', refuses(404, '<html><head><title>Log in</title></head></html>'), 'HTTP 404: a web page titled "Log in"'],
    ['a stream of garbage', (response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: {garbage\n\n'), 'not JSON'],
    ['a page instead of an answer', (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>hello</html>'), 'it is empty'],
    ['an error in the stream', chunks([{ error: { message: 'the engine has crashed' } }]), 'the engine has crashed'],
  ])('16: reads what is wrong out of %s', async (_, answer, said) => {
    await using server = await LlmServer.start(answer);
    await expect(anEndpoint(server).chat({ messages: ask }, NEVER)).rejects.toThrow(said);
  });

  test.each([
    '<tool_call>{"name": "get_logs", "arguments": {"pod": "x"}}</tool_call>',
    'I will look.\n```json\n{"tool": "get_logs", "arguments": {"pod": "x"}}\n```',
    '[TOOL_CALLS] [{"name": "get_logs", "arguments": {"pod": "x"}}]',
    '<function=get_logs>{"pod": "x"}</function>',
    '{"function": {"name": "get_logs", "arguments": "{\\"pod\\": \\"x\\"}"}}',
  ])('17: recovers a call that was written as text: %s', async (text) => {
    await using server = await LlmServer.start(says(text));
    const { toolCalls } = await anEndpoint(server).chat({ messages: ask, tools: [LOGS] }, NEVER);
    expect(toolCalls.map(({ name, arguments: given }) => [name, JSON.parse(given)])).toEqual([['get_logs', { pod: 'x' }]]);
  });

  test('17: but none of a name that was not offered', async () => {
    const text = '<tool_call>{"name": "delete_pod", "arguments": {"pod": "x"}}</tool_call>';
    await using server = await LlmServer.start(says(text));
    expect(await anEndpoint(server).chat({ messages: ask, tools: [LOGS] }, NEVER)).toMatchObject({ toolCalls: [], text });
  });

  test.each([429, 500, 503, 529])('18: comes back after HTTP %i', async (status) => {
    await using server = await LlmServer.start(refuses(status, { error: { message: 'overloaded' } }), refuses(status, 'busy'), says('ok'));
    expect((await anEndpoint(server).chat({ messages: ask }, NEVER)).text).toBe('ok');
  });

  test('18: waits as long as it is told, in seconds or until a date, but not for ever', async () => {
    await using server = await LlmServer.start(refuses(429, {}, { 'retry-after-ms': '150' }), says('ok'));
    const started = performance.now();
    await anEndpoint(server).chat({ messages: ask }, NEVER);
    expect(performance.now() - started).toBeGreaterThan(140);
    await using patient = await LlmServer.start(refuses(429, { error: 'slow down' }, { 'retry-after': '3600' }));
    await expect(anEndpoint(patient).chat({ messages: ask }, NEVER)).rejects.toMatchObject({ code: 'LLM_OVERLOADED' });
    expect(patient.asked).toHaveLength(1);
  });

  test.each<[string, Answer, string, number]>([
    ['a quota that is used up', refuses(429, { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } }), 'LLM_QUOTA_USED_UP', 1],
    ['a key that is wrong', refuses(401, { error: { message: 'Incorrect API key provided' } }), 'LLM_UNAUTHORIZED', 1],
    ['a server that is always busy', refuses(503, 'busy'), 'LLM_OVERLOADED', 4],
    ['a server that always dies', dies, 'LLM_UNREACHABLE', 2],
    ['a server that always breaks off', cutAfter('the di'), 'LLM_UNREACHABLE', 2],
  ])('18: gives up on %s', async (_, answer, code, requests) => {
    await using server = await LlmServer.start(answer);
    await expect(anEndpoint(server).chat({ messages: ask }, NEVER)).rejects.toMatchObject({ code });
    expect(server.asked).toHaveLength(requests);
  });

  test('18: repeats once what was cut in the middle, and takes nothing of the first half', async () => {
    await using server = await LlmServer.start(cutAfter('wrong half'), says('the disk is full'));
    expect((await anEndpoint(server).chat({ messages: ask }, NEVER)).text).toBe('the disk is full');
  });

  test('gives a silent server up, and stops at once when it is told to', async () => {
    await using server = await LlmServer.start(hangs);
    await expect(anEndpoint(server, { idleMs: 100 }).chat({ messages: ask }, NEVER)).rejects.toMatchObject({ code: 'LLM_TIMED_OUT' });
    await expect(anEndpoint(server).chat({ messages: ask }, AbortSignal.timeout(50))).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('says who it is, and keeps the key out of what it tells', async () => {
    await using server = await LlmServer.start(
      refuses(401, { error: { message: 'Incorrect API key provided: sk-proj-abcdefghijklmnop1234567' } }),
      refuses(401, 'key-of-a-test is not known'),
    );
    await expect(anEndpoint(server).chat({ messages: ask }, NEVER)).rejects.toThrow('[redacted:');
    await expect(anEndpoint(server).chat({ messages: ask }, NEVER)).rejects.toThrow('[redacted:api-key] is not known');
    expect(server.headers[0]).toMatchObject({ authorization: 'Bearer key-of-a-test', 'user-agent': expect.stringMatching(/^sre-orch/) });
  });
});
