import type { Completion, CompletionWord } from './completion.ts';
import type { Conversation } from './conversation.ts';
import type { Completes } from './slash-command.ts';

/** What Tab offers at a place in a line: commands behind a slash, what a command takes behind its name, names of objects elsewhere. */
export async function complete(conversation: Conversation, line: string, column: number, signal: AbortSignal): Promise<Completion> {
  const front = line.slice(0, column);
  const start = front.search(/\S*$/);
  const word = front.slice(start).toLowerCase();
  const command = /^\s*\/(\S+)\s/.exec(front)?.[1];
  const words =
    front.trimStart().startsWith('/') && command === undefined
      ? conversation.slash.map(({ name, summary }) => ({ word: `/${name}`, help: summary }))
      : await wordsFor(command === undefined ? 'objects' : conversation.slash.find(({ name }) => name === command)?.completes, conversation, signal);
  return { start, words: words.filter((each) => each.word.toLowerCase().startsWith(word)) };
}

async function wordsFor(what: Completes | undefined, conversation: Conversation, signal: AbortSignal): Promise<CompletionWord[]> {
  const { report } = conversation.situation;
  switch (what) {
    case undefined:
      return [];
    case 'commands':
      return conversation.slash.map(({ name, summary }) => ({ word: name, help: summary }));
    case 'evidence':
      return (report?.evidence ?? []).map(({ id, excerpt }) => ({ word: id.slice('ev-'.length), help: excerpt }));
    case 'formats':
      return ['markdown', 'html', 'json', 'yaml', 'text'].map((word) => ({ word, help: '' }));
    default:
      return conversation.words(what, signal);
  }
}
