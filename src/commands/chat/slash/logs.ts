import { coded } from '../../../errors/coded-error.ts';
import { answerAsk } from '../../../session/answer-ask.ts';
import type { LogsAsk } from '../../../session/ask.ts';
import type { DeclaredSlash } from '../declared-slash.ts';

export const logsSlash: DeclaredSlash = {
  name: 'logs',
  usage: '[object] [-c container] [-p] [-n lines]',
  summary: 'the end of a log',
  more: 'Of the pod in most trouble, and its container that tells most; without a name, of what is blamed. -p: the run before.',
  completes: 'objects',
  async *run({ words, conversation }, signal) {
    const means = await conversation.means();
    yield* answerAsk(askOf(words, means.situation.report?.root_causes[0]?.object.name), means, signal);
  },
};

/** As kubectl takes it. Without a name: what is blamed. */
function askOf(words: readonly string[], blamed: string | undefined): LogsAsk {
  let name = blamed;
  let ask: Omit<LogsAsk, 'name'> = { ask: 'logs' };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const value = words[index + 1] ?? '';
    if (word === '-c' || word === '-n' || word === '--tail') index += 1;
    if (word === '-c') ask = { ...ask, container: value };
    else if (word === '-n' || word === '--tail') ask = { ...ask, lines: linesOf(value) };
    else if (word === '-p' || word === '--previous') ask = { ...ask, previous: true };
    else if (word.startsWith('-')) throw coded('ARGUMENTS_INVALID', { problem: `/logs does not know ${word}` });
    else name = word;
  }
  if (name === undefined) throw coded('ARGUMENTS_INVALID', { problem: '/logs needs the name of an object' });
  return { ...ask, name };
}

function linesOf(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw coded('ARGUMENTS_INVALID', { problem: `-n needs a number of lines, not ${JSON.stringify(value)}` });
  return Number(value);
}
