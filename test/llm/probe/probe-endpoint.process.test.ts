import { describe, expect, test } from 'vitest';
import { expectCode, Home } from '../../main/program.ts';
import { type Answer, calls, LlmServer, minds, refuses, says } from '../llm-server.ts';

const MODELS = { data: [{ id: 'small', max_model_len: 8_192 }, { id: 'large' }] };

/** A server that can do all that is asked. */
const able: Answer = (response, asked) => {
  if (asked.path === '/v1/models') return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(MODELS));
  if (asked.tools) return calls({ name: asked.tools[0]?.function.name ?? '', arguments: { city: 'Oslo', colour: 'blue' } })(response, asked);
  return says(asked.messages.some(({ content }) => content.includes('colour')) ? '{"colour": "blue"}' : 'ready')(response, asked);
};

const env = (server: LlmServer): Record<string, string> => ({ LLM_BASE_URL: server.url, LLM_MODEL: 'small', LLM_API_KEY: 'key-of-a-test' });

describe('config test', () => {
  test('says in a sentence what an able endpoint does, and remembers it', async () => {
    await using server = await LlmServer.start(able);
    using home = new Home();
    const { stdout } = expectCode(await home.run(['config', 'test'], { env: env(server) }), 0);
    expect(stdout).toBe(`${server.url} answers as small: tools, structured output (strict), streaming; it reads 8192 tokens.\n`);
    const asked = server.asked.length;
    expect(expectCode(await home.run(['config', 'test', '--cached'], { env: env(server) }), 0).stdout).toBe(stdout);
    expect(server.asked.length).toBe(asked);
  });

  test('finds out what a small server lacks', async () => {
    const poor = minds(
      (asked) => asked.tools !== undefined,
      'tools param requires --jinja flag',
      minds(
        (asked) => asked.response_format !== undefined || asked.stream === true,
        'streaming and response_format are not supported',
        (response, asked) =>
          says(asked.messages?.[0]?.content.includes('read_clock') ? '{"tool": "read_clock", "arguments": {"city": "Oslo"}}' : '{"colour": "blue"}')(
            response,
            asked,
          ),
      ),
    );
    await using server = await LlmServer.start(poor);
    using home = new Home();
    const { stdout } = expectCode(await home.run(['config', 'test', '-o', 'json'], { env: env(server) }), 0);
    expect(JSON.parse(stdout)).toMatchObject({ chat: true, tools: 'in-text', tools_flag: '--jinja', structured: 'text', context_tokens: null });
  });

  test('tells why an endpoint does not answer, and which models it has', async () => {
    const noModel: Answer = (response, asked) =>
      asked.path === '/v1/models' ? able(response, asked) : refuses(404, { error: { message: 'model "tiny" not found' } })(response, asked);
    await using server = await LlmServer.start(noModel);
    using home = new Home();
    const { stdout } = expectCode(await home.run(['config', 'test'], { env: { ...env(server), LLM_MODEL: 'tiny' } }), 1);
    expect(stdout).toContain('model "tiny" not found. It offers small, large.');
  });

  test.each([
    [{}, 'LLM_NOT_CONFIGURED'],
    [{ LLM_BASE_URL: 'http://127.0.0.1:1/v1' }, 'LLM_MODEL is missing'],
    [{ LLM_BASE_URL: 'http://models.example/v1', LLM_MODEL: 'small' }, 'allow it with --insecure-http models.example'],
    [{ LLM_BASE_URL: 'http://127.0.0.1:1/v1', LLM_MODEL: 'small', LLM_PRICES: 'cheap' }, 'two prices of a million tokens'],
  ])('refuses settings %j', async (given, message) => {
    using home = new Home();
    expect(expectCode(await home.run(['config', 'test'], { env: given }), 2).stderr).toContain(message);
  });

  test('shows no key', async () => {
    using home = new Home();
    const { stdout } = expectCode(await home.run(['config', 'list'], { env: { LLM_API_KEY: 'quite-plain-key' } }), 0);
    expect(stdout).toMatch(/llm_api_key +\(set, not shown\)/);
    expect(stdout).not.toContain('quite-plain-key');
  });
});
