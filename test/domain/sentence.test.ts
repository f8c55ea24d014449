import { expect, test } from 'vitest';
import { sentence } from '../../src/domain/sentence.ts';

test.each([
  ['The quota is used up', 'The quota is used up.'],
  ['It says "no such host."', 'It says "no such host."'],
  ['Is it there?', 'Is it there?'],
  ['the rest is cut …', 'the rest is cut …'],
  ['a line break follows\n', 'a line break follows.'],
])('%s', (text, ended) => {
  expect(sentence(text)).toBe(ended);
});
