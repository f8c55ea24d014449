import { expect, test } from 'vitest';
import { counted } from '../../src/domain/counted.ts';

test('a number and its noun agree', () => {
  expect([counted(0, 'pod'), counted(1, 'pod'), counted(2, 'pod'), counted(3, 'entry', 'entries')]).toEqual(['0 pods', '1 pod', '2 pods', '3 entries']);
});
