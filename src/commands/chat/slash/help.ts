import { sentence } from '../../../domain/sentence.ts';
import type { Page } from '../../../report/page.ts';
import { answer } from '../../../session/said.ts';
import type { SlashCommand } from '../../../session/slash-command.ts';
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
  async *run({ words: [asked], conversation: { slash } }) {
    const name = asked?.replace(/^\//, '');
    const one = slash.find((command) => command.name === name);
    yield answer((page) => (one === undefined ? everything(page, slash) : single(page, one)));
  },
};

function single(page: Page, { name, usage, summary, more }: SlashCommand): void {
  page.hang({ text: `/${name}${usage === undefined ? '' : ` ${usage}`}`, role: 'object' });
  page.hang({ indent: 2, text: sentence(`${summary[0]?.toUpperCase()}${summary.slice(1)}`) });
  if (more !== undefined) page.hang({ indent: 2, text: more });
}

function everything(page: Page, slash: readonly SlashCommand[]): void {
  rows(page, 'In plain words', QUESTIONS);
  rows(
    page,
    'Commands',
    slash.map(({ name, summary }) => [`/${name}`, summary] as const),
  );
  rows(page, 'Keys', KEYS);
  page.gap();
  page.hang({ text: '/help NAME tells more of a command.', role: 'quiet' });
}

/** Side by side, or one below the other where the page is too narrow for it. */
function rows(page: Page, title: string, all: readonly (readonly [string, string])[]): void {
  page.heading(title, 0);
  const width = Math.max(...all.map(([left]) => left.length));
  const narrow = page.width - width < 36;
  for (const [left, right] of all) {
    if (narrow) page.hang({ indent: 2, text: left, role: 'object' });
    page.hang(narrow ? { indent: 4, text: right, role: 'quiet' } : { indent: 2, label: left.padEnd(width + 1), labelRole: 'object', text: right });
  }
}
