import { answer } from '../../../session/said.ts';
import type { DeclaredSlash } from '../declared-slash.ts';

const QUESTIONS: readonly (readonly [string, string])[] = [
  ['checkout is failing in shop', 'looks for the root cause'],
  ['why · how sure are you', 'the reasoning, and what it is worth'],
  ['show evidence 3', 'what was read, where, and how to see it again'],
  ['is it DNS?', 'the cause, ruled out, only hurt, or not to be told'],
  ['what changed · when did it start', 'revisions and writes; the timeline'],
  ['what should I do · who is affected', 'remedies with their risk; the reach'],
  ['logs of checkout · events of redis', 'read now, from the cluster'],
  ['describe checkout', 'its state in short'],
  ['what depends on redis', 'from the graph of what needs what'],
  ['what if I had no access to logs', 'what the answer hangs on'],
  ['is it fixed?', 'asks again and compares'],
];
const KEYS: readonly (readonly [string, string])[] = [
  ['Tab', 'completes commands and names'],
  ['Up, Ctrl-R', 'what was said before; search in it'],
  ['Alt-Enter', 'another line; a backslash at the end does the same'],
  ['Ctrl-C', 'stops the answer, or clears the line'],
  ['Ctrl-D', 'leaves'],
];

export const helpSlash: DeclaredSlash = {
  name: 'help',
  usage: '[command]',
  summary: 'what can be asked, the commands, the keys',
  completes: 'commands',
  async *run({ words: [name], conversation }) {
    const commands = conversation.slash.map(({ name: own, usage, summary }) => [`/${own}${usage === undefined ? '' : ` ${usage}`}`, summary] as const);
    const only = name === undefined ? undefined : conversation.slash.findIndex((command) => command.name === name.replace(/^\//, ''));
    yield answer((page) => {
      const rows = (title: string, all: readonly (readonly [string, string])[]): void => {
        page.heading(title, 0);
        const width = Math.max(...all.map(([left]) => left.length));
        for (const [left, right] of all) page.hang({ indent: 2, label: left.padEnd(width + 1), labelRole: 'object', text: right });
      };
      const found = only === undefined ? undefined : commands[only];
      if (found !== undefined) return page.hang({ label: found[0], labelRole: 'object', text: found[1] });
      rows('In plain words', QUESTIONS);
      rows('Commands', commands);
      rows('Keys', KEYS);
    });
  },
};
