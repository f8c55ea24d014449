import { type EndpointOptions, OpenAiEndpoint } from '../../src/llm/endpoint/openai-endpoint.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import type { LlmServer } from './llm-server.ts';

export const NEVER = new AbortController().signal;

/** An endpoint over a server of a test, that does not wait long. */
export function anEndpoint({ url }: LlmServer, more: Partial<EndpointOptions> = {}): OpenAiEndpoint {
  return new OpenAiEndpoint({
    baseUrl: url,
    apiKey: 'key-of-a-test',
    model: 'small',
    redactor: createRedactor(),
    idleMs: 2_000,
    retry: { attempts: 4, firstDelayMs: 5, longestDelayMs: 1_000 },
    ...more,
  });
}
