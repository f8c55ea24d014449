import { type Completion, commonFront } from '../../session/completion.ts';
import { lineOf } from './line-editor.ts';
import type { Prompt } from './prompt.ts';

/** The prompt with what Tab found: the only word, or what all have in common with a menu of them below. */
export function completed(prompt: Prompt, { start, words }: Completion): Prompt {
  const [first, ...others] = words;
  if (first === undefined) return prompt;
  if (others.length === 0) return { ...replaced(prompt, start, `${first.word} `), menu: undefined };
  const front = commonFront(words);
  const typed = lineOf(prompt.editor).slice(start, prompt.editor.column);
  const longer = front.length > typed.length ? replaced(prompt, start, front) : prompt;
  return { ...longer, menu: { words, start, chosen: undefined } };
}

/** The next or last word of the menu in the place of the one before. */
export function cycled(prompt: Prompt, step: 1 | -1): Prompt {
  const { menu } = prompt;
  if (menu === undefined) return prompt;
  const count = menu.words.length;
  const chosen = menu.chosen === undefined ? (step === 1 ? 0 : count - 1) : (menu.chosen + step + count) % count;
  return { ...replaced(prompt, menu.start, menu.words[chosen]?.word ?? ''), menu: { ...menu, chosen } };
}

function replaced(prompt: Prompt, start: number, word: string): Prompt {
  const { editor } = prompt;
  const line = lineOf(editor);
  const back = line.slice(editor.column).replace(/^ /, word.endsWith(' ') ? '' : ' ');
  const text = line.slice(0, start) + word + back;
  return { ...prompt, editor: { ...editor, lines: editor.lines.with(editor.row, text), column: start + word.length, doing: undefined } };
}
