import type { Answer, Asked } from '../llm-server.ts';
import { calls, says } from '../llm-server.ts';

/** A model as a test writes it: what it reads out of the question, which tools it asks for round after round, and its final answer. */
export interface Script {
  readonly names?: object;
  readonly rounds?: readonly (readonly { readonly name: string; readonly arguments: object }[])[];
  /** Made of the whole conversation, so that it can cite what it was told. */
  readonly final: (asked: Asked) => object | string;
}

const NO_NAMES = { namespace: null, workloads: [], services: [], pods: [], nodes: [], error_summary: null, since: null, until: null };

/** An endpoint that plays a script, by what it is asked for and not by the number of the request. */
export function plays({ names = NO_NAMES, rounds = [], final }: Script): Answer {
  let round = 0;
  return (response, asked) => {
    const last = asked.messages.at(-1)?.content ?? '';
    if (asked.messages[0]?.content.startsWith('Read what an engineer')) return says(JSON.stringify(names))(response, asked);
    const next = asked.tools === undefined ? undefined : rounds[round++];
    if (next !== undefined) return calls(...next)(response, asked);
    if (asked.tools !== undefined && !last.includes('final answer')) return says('I know enough.')(response, asked);
    const answer = final(asked);
    return says(typeof answer === 'string' ? answer : JSON.stringify(answer))(response, asked);
  };
}

/** The id of the first piece of evidence in the conversation that holds a text. */
export function idOf(asked: Asked, text: string): string {
  const all = asked.messages.map(({ content }) => content).join('\n');
  const at = all.lastIndexOf(text);
  if (at < 0) throw new Error(`the model was not told ${text}`);
  const ids = [...all.slice(0, at).matchAll(/\[(ev-\d+)\]/g)];
  return ids.at(-1)?.[1] ?? 'ev-none';
}
