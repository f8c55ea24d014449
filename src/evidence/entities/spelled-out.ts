import type { ObjectRef } from '../../domain/object-ref.ts';
import { isEveryday } from './everyday-words.ts';
import { kindsOf } from './kind-words.ts';

const WORD = /[a-z][a-z0-9]*/g;
const JOINT = /[-_.]/;

/** The words of a name. */
export function partsOf(name: string): string[] {
  return name.toLowerCase().split(JOINT);
}

/**
 * Objects whose name of several words the text spells out: "the customer portal" is customer-portal, "the migration of accounts"
 * is accounts-migration. Words that stand apart must mean something by themselves.
 */
export function spelledOut(text: string, refs: readonly ObjectRef[]): ObjectRef[] {
  const words = text.toLowerCase().match(WORD) ?? [];
  const sentence = ` ${words.join(' ')} `;
  const said = new Set(words.filter((word) => !isEveryday(word) && kindsOf(word) === undefined));
  return refs.filter(({ name }) => {
    const parts = partsOf(name);
    if (parts.length < 2 || parts.some((part) => !/^[a-z]{2,}$/.test(part))) return false;
    return sentence.includes(` ${parts.join(' ')} `) || parts.every((part) => said.has(part));
  });
}
