import { expect, test } from 'vitest';
import { folded } from '../../src/report/fold.ts';

test.each([
  ['what fits stays', 'one  two', 20, 'one  two'],
  ['words stay whole, and what follows hangs', 'error CODE: the cluster does not answer\n  next', 20, 'error CODE: the\n  cluster does not\n  answer\n  next'],
  ['below an indented line', '  Says the words of the rule', 16, '  Says the words\n    of the rule'],
  ['behind a padded label', 'ok    cluster: it answers quickly', 22, 'ok    cluster: it\n      answers quickly'],
  [
    'a word that is too long is left to the terminal',
    'see https://example.com/a/very/long/address now',
    16,
    'see\n  https://example.com/a/very/long/address\n  now',
  ],
  ['commands are for pasting', '    kubectl get pods -n shop -o wide', 16, '    kubectl get pods -n shop -o wide'],
])('%s', (_, text, width, expected) => {
  expect(folded(text, width)).toBe(expected);
});
