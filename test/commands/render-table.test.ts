import { expect, test } from 'vitest';
import { renderTable } from '../../src/commands/render-table.ts';
import type { Table } from '../../src/commands/result.ts';

const TABLE: Table = {
  kind: 'table',
  columns: ['id', 'cause', 'object', 'description'],
  rows: [
    ['inc-0123456789', 'Container ran out of memory', 'Deployment shop/checkout', 'why is it slow'],
    ['inc-0123456780', 'Kurz', 'Pod 注文/受付', 'x'],
  ],
  whenEmpty: '',
  expendable: ['description'],
};

test('on a wide screen and in a pipe nothing is cut', () => {
  const whole = renderTable(TABLE, Number.POSITIVE_INFINITY);
  expect(renderTable(TABLE, 120)).toBe(whole);
  expect(whole).toContain('Container ran out of memory   Deployment shop/checkout   why is it slow');
});

test('on a narrow one columns are left out and cut, but never the first', () => {
  expect(renderTable(TABLE, 50).split('\n')).toEqual([
    'ID               CAUSE             OBJECT',
    'inc-0123456789   Container ran…    Deployment sho…',
    'inc-0123456780   Kurz              Pod 注文/受付',
    '',
  ]);
  for (const width of [40, 50, 60, 70, 80]) for (const line of renderTable(TABLE, width).split('\n')) expect(line.length).toBeLessThanOrEqual(width);
});

test('a screen that is too narrow for anything still shows which row is which', () => {
  expect(renderTable(TABLE, 10)).toContain('inc-0123456789   Contain…   Deploym…');
});
