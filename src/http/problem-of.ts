import type * as z from 'zod';

type Issue = z.core.$ZodIssue;
const MOST_CHARACTERS = 200;
const TYPES: Readonly<Record<string, string>> = { string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false', array: 'a list' };

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' of them' };

/** What is wrong with a request, in the words of whoever sent it: where, and what is needed there. */
export function problemOf(issue: Issue): string {
  const where = issue.path.length === 0 ? 'the request' : issue.path.join('.');
  return `${where}: ${whatIsWrong(issue)}`.slice(0, MOST_CHARACTERS);
}

function whatIsWrong(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      // Zod tells that there was nothing by its sentence alone.
      if (issue.message.endsWith('received undefined')) return issue.path.length === 0 ? 'a body of JSON is needed' : 'it is missing';
      return issue.message.startsWith('Invalid input') ? `${TYPES[issue.expected] ?? 'an object'} is needed` : issue.message;
    case 'invalid_value':
      return `${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')} is needed`;
    case 'too_big':
      return `at most ${issue.maximum}${UNITS[issue.origin] ?? ''}`;
    case 'too_small':
      // A sentence of ours says more.
      return issue.message.startsWith('Too small') ? `at least ${issue.minimum}${UNITS[issue.origin] ?? ''}` : issue.message;
    case 'unrecognized_keys':
      return `there is no ${issue.keys.join(', ')}`;
    default:
      return issue.message;
  }
}
