import type { Completes } from '../../config/completes.ts';
import type { Command } from '../command.ts';
import { argumentAt, optionIn, readTypedLine, type TypedLine } from './typed-line.ts';

export interface Candidate {
  readonly word: string;
  /** What a person is told about it; may be empty. */
  readonly help: string;
}

/** Candidates for the word at the cursor. `otherwise` says what a shell may add of its own. */
export interface Completion {
  readonly candidates: readonly Candidate[];
  readonly otherwise: 'nothing' | 'files' | 'folders';
}

/** Looks up names of the real world for the line that was typed. It may answer with none. */
export type LookUp = (what: Exclude<Completes, 'files' | 'folders'>, line: TypedLine) => Promise<readonly Candidate[]>;

export interface CompletionQuestion {
  /** The finished words after the program's name. */
  readonly words: readonly string[];
  /** The word at the cursor, as far as it is typed. Candidates of `--option=val` come without the option. */
  readonly current: string;
  readonly commands: readonly Command[];
  readonly lookUp: LookUp;
}

/** What fits at the cursor. */
export async function complete({ words, current, commands, lookUp }: CompletionQuestion): Promise<Completion> {
  const line = readTypedLine(words, commands);
  const { option, value } = optionIn(current, line.options);
  if (line.pending !== undefined) return valuesOf(line.pending, current, line, lookUp);
  // What is written without a break cannot be handed to a shell without its option.
  if (option?.takesValue && value !== undefined && current.includes('=')) return valuesOf(option, value, line, lookUp);
  if (current.startsWith('-')) return { candidates: starting(optionNames(line), current), otherwise: 'nothing' };
  const children = line.below.filter(({ hidden }) => !hidden).map(({ name, summary }) => ({ word: name, help: summary }));
  if (children.length > 0) return { candidates: starting(children, current), otherwise: 'nothing' };
  const argument = argumentAt(line);
  if (argument !== undefined) return valuesOf({ choices: [], completes: undefined, ...argument }, current, line, lookUp);
  return { candidates: starting(optionNames(line), current), otherwise: 'nothing' };
}

type Valued = { readonly choices: readonly string[]; readonly completes: Completes | undefined; readonly help: string };

async function valuesOf({ choices, completes }: Valued, current: string, line: TypedLine, lookUp: LookUp): Promise<Completion> {
  if (completes === 'files' || completes === 'folders') return { candidates: [], otherwise: completes };
  const words = choices.map((word) => ({ word, help: '' }));
  const names = completes === undefined ? [] : await lookUp(completes, line);
  return { candidates: starting([...words, ...names], current), otherwise: 'nothing' };
}

function optionNames({ options, given }: TypedLine): Candidate[] {
  return options.map(({ names: [name = ''], help }) => ({ word: name, help })).filter(({ word }) => !given.has(word.replace(/^--?/, '')));
}

function starting(candidates: readonly Candidate[], current: string): Candidate[] {
  const fitting = candidates.filter(({ word }) => word.startsWith(current));
  return [...new Map(fitting.map((candidate) => [candidate.word, candidate])).values()];
}
