import { type Answer, minds, says } from '../llm-server.ts';

const ASKS = [
  '{"tool": "get_events", "arguments": {"warnings_only": true}}',
  'Let me look.\n```json\n{"tool": "list_objects", "arguments": {"kind": "pods"}}\n```',
  '<tool_call>{"name": "list_objects", "arguments": {"kind": "deployments"}}</tool_call>',
];

/** An endpoint as a small local model is served: no tools, no shapes, no stream options, and an answer that rambles. */
export function smallModel(): Answer {
  let asked = 0;
  const talks: Answer = (response, request) => {
    const [first, ...rest] = request.messages;
    if (first?.content.startsWith('Read what')) return says('I think {"workloads": []} fits.', { usage: null })(response, request);
    const wantsAnswer = rest.at(-1)?.content.includes('JSON Schema') === true;
    const id = /\[(ev-\d+)\]/.exec(rest.map(({ content }) => content).join('\n'))?.[1];
    const answer = `Well.\n{"narrative": "Something is wrong here [${id ?? 'ev-1'}]. I am sure.", "hypotheses": "the network"}`;
    return says(wantsAnswer ? answer : (ASKS[asked++] ?? 'I have seen enough.'), { usage: null })(response, request);
  };
  return minds(
    (request) => request.tools !== undefined || request.response_format !== undefined || request['stream_options'] !== undefined,
    'tools, response_format and stream_options are not supported by this model',
    talks,
  );
}
