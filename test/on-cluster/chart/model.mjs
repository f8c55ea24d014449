// A stand-in for Ollama in a cluster without a way out: it says one sentence, as an OpenAI-compatible endpoint does.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const HOLD_MS = Number(process.env.HOLD_MS ?? 0);
const SAID = 'The stand-in was asked inside of the cluster.';

createServer(async (request, response) => {
  let text = '';
  for await (const chunk of request) text += chunk;
  const asked = text === '' ? {} : JSON.parse(text);
  await sleep(HOLD_MS);
  if (asked.stream !== true) {
    const choices = [{ index: 0, message: { role: 'assistant', content: SAID }, finish_reason: 'stop' }];
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ choices, usage: { prompt_tokens: 1, completion_tokens: 1 } }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const chunk of [{ delta: { content: SAID } }, { delta: {}, finish_reason: 'stop' }])
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, ...chunk }] })}\n\n`);
  response.end('data: [DONE]\n\n');
}).listen(8080);
