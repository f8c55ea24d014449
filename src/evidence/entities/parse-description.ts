import { isTied, placesIn, subjectsOf } from './asked-names.ts';
import { isEveryday } from './everyday-words.ts';
import { kindsOf } from './kind-words.ts';
import type { Mention, ParsedDescription } from './parsed-description.ts';
import { isSymptom, symptomOf } from './symptoms.ts';
import { timeWindowOf } from './time-window.ts';

export type { Mention, ParsedDescription } from './parsed-description.ts';

/** A description is a sentence or two; of a pasted log the front suffices. */
const MAX_TEXT = 4_000;
const MAX_NAMES = 40;
const MAX_NAME = 253;

const NAME = '[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?';
const QUOTES = '["\'`“”‘’]?';
const AS_FLAG = new RegExp(`(?:^|\\s)(?:-n|--namespace)(?:\\s+|=)${QUOTES}(${NAME})`, 'gi');
const AFTER_WORD = new RegExp(`\\b(?:namespace|ns)(?:\\s+(?:called|named))?\\s*[:=/]?\\s*${QUOTES}(${NAME})`, 'gi');
const BEFORE_WORD = new RegExp(`${QUOTES}(${NAME})${QUOTES}\\s+namespace\\b`, 'gi');
const PLACE = new RegExp(`\\b(?:in|inside|within|from)\\s+(?:the\\s+)?${QUOTES}(${NAME})`, 'gi');
const SLASHED = new RegExp(`(?<![\\w/:.@-])(${NAME})/(${NAME})(?![\\w/])`, 'gi');
const QUOTED = new RegExp(`["'\`“‘]([A-Za-z]+\\s+)?(${NAME})["'\`”’]`, 'gi');
const TOKEN = new RegExp(`(?<![\\w/])${NAME}(?![\\w/])`, 'gi');

/** Its parts would pass for names: 2026-03-01T10:00:00Z. */
const MOMENT = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*/g;

/** Reads namespaces, kinds, names, symptom and time out of free text. Never fails, whatever the text. `now`: what "ago" counts from. */
export function parseDescription(text: string, now: Date): ParsedDescription {
  const front = text.slice(0, MAX_TEXT);
  const namespaces = namespacesIn(front);
  const mentions = mentionsIn(front).filter(({ name }) => !namespaces.includes(name));
  const tied = new Set([...namespaces, ...mentions.map(({ name }) => name)]);
  const places = distinct(captures(front, PLACE).filter((name) => isName(name))).filter((name) => !tied.has(name));
  return {
    text,
    namespaces,
    places,
    mentions: mentions.slice(0, MAX_NAMES),
    words: wordsIn(front).filter((word) => !tied.has(word)),
    asked: distinct([...tiedNames(front), ...subjectsOf(front, (token) => isName(token)), ...placesIn(front).filter((name) => isName(name))]),
    errorSummary: symptomOf(front),
    timeWindow: timeWindowOf(front, now),
  };
}

function namespacesIn(text: string): string[] {
  return distinct([
    ...captures(text, AS_FLAG),
    ...captures(text, AFTER_WORD).filter((name) => isName(name)),
    ...captures(text, BEFORE_WORD).filter((name) => isName(name)),
  ]);
}

function mentionsIn(text: string): Mention[] {
  const mentions = [...slashed(text), ...besideKinds(text), ...quoted(text)];
  const byName = new Map<string, Mention>();
  for (const mention of mentions) {
    const known = byName.get(mention.name);
    const kinds = known === undefined || known.kinds.length === 0 ? mention.kinds : known.kinds;
    byName.set(mention.name, { name: mention.name, kinds, namespace: known?.namespace ?? mention.namespace });
  }
  return [...byName.values()];
}

/** `deployment/checkout`, `shop/checkout`. */
function slashed(text: string): Mention[] {
  return [...text.matchAll(SLASHED)].flatMap(([, left = '', right = '']): Mention[] => {
    const kinds = kindsOf(left);
    const name = right.toLowerCase();
    if (/^ns$|^namespaces?$/i.test(left) || !(isName(right) || isRole(right))) return [];
    if (kinds !== undefined) return [{ name, kinds, namespace: undefined }];
    return isName(left) ? [{ name, kinds: [], namespace: left.toLowerCase() }] : [];
  });
}

/** "deployment checkout", "the checkout service", "pods a-1 and b-2". */
function besideKinds(text: string): Mention[] {
  const tokens = [...text.matchAll(TOKEN)].map(([token]) => token);
  return tokens.flatMap((token, index) => {
    const kinds = kindsOf(token);
    if (kinds === undefined) return [];
    const named = followers(tokens, index);
    const before = tokens[index - 1];
    const names = named.length > 0 ? named : before !== undefined && isName(before) ? [before] : [];
    return names.map((name) => ({ name: name.toLowerCase(), kinds, namespace: undefined }));
  });
}

/** Of the names beside kinds, those that can be nothing else. */
function tiedNames(text: string): string[] {
  const written = [...text.matchAll(SLASHED)].flatMap(([, left = '', right = '']) => (kindsOf(left) !== undefined && isName(right) ? [right] : []));
  const tokens = [...text.matchAll(TOKEN)].map(([token]) => token);
  const beside = tokens.flatMap((token, index) => {
    if (kindsOf(token) === undefined) return [];
    const named = followers(tokens, index);
    if (named.length > 0) return named.filter((name) => isTied(token, name, 'kind-first'));
    const before = tokens[index - 1];
    return before !== undefined && isName(before) && isTied(token, before, 'name-first') ? [before] : [];
  });
  return [...written, ...beside];
}

/** The names after a kind: one, or several joined by "and". */
function followers(tokens: readonly string[], kind: number): string[] {
  const names: string[] = [];
  for (let index = kind + 1; index < tokens.length; index += 1) {
    const token = tokens[index] ?? '';
    if (/^(?:and|or|called|named)$/i.test(token)) continue;
    if (!isName(token, 1)) break;
    names.push(token);
    if (!/^(?:and|or)$/i.test(tokens[index + 1] ?? '')) break;
  }
  return names;
}

function quoted(text: string): Mention[] {
  return [...text.matchAll(QUOTED)].flatMap(([, kind = '', name = '']) => {
    const kinds = kindsOf(kind.trim()) ?? [];
    return name.length > 1 && !isSymptom(name) && (kind === '' || kinds.length > 0) ? [{ name: name.toLowerCase(), kinds, namespace: undefined }] : [];
  });
}

function wordsIn(text: string): string[] {
  const words = [...text.replaceAll(MOMENT, ' ').matchAll(TOKEN)].map(([token]) => token).filter((token) => isName(token) || isRole(token));
  return distinct(words).slice(0, MAX_NAMES);
}

/** A kind of program that is as often its name: a Deployment called `db`. */
function isRole(token: string): boolean {
  return /^(?:db|database|backend|app)$/i.test(token);
}

/** Spelled as a name, and no everyday word, kind, symptom, number or time. */
function isName(token: string, shortest = 2): boolean {
  return (
    token.length >= shortest &&
    token.length <= MAX_NAME &&
    /[a-z]/i.test(token) &&
    !isEveryday(token) &&
    kindsOf(token) === undefined &&
    !isSymptom(token) &&
    !isAmount(token)
  );
}

function isAmount(token: string): boolean {
  return /^\d+(?:\.\d+)?(?:s|ms|m|min|mins|h|d|w|am|pm|th|st|nd|rd|x|xx|k|mb|gb|mi|gi|%)?$|^\d{4}-\d\d-\d\d/i.test(token);
}

function captures(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.toLowerCase()))];
}
