import { describe, expect, test } from 'vitest';
import { readRecord } from '../../../src/evidence/log/record.ts';
import { TemplateMiner } from '../../../src/evidence/log/template-miner.ts';
import { mined } from './mined.ts';

describe('templates', () => {
  test('mask what varies, count, and put errors first', async () => {
    const lines = Array.from({ length: 50 }, (_, index) => `INFO served request ${index} for user u${index} in ${index * 3}ms`);
    const { templates } = await mined([...lines, 'ERROR payment 17 declined by bank', 'ERROR payment 18 declined by bank'].join('\n'));
    expect(templates.map(({ template, count, level }) => ({ template, count, level }))).toEqual([
      { template: 'ERROR payment <*> declined by bank', count: 2, level: 'error' },
      { template: 'INFO served request <*> for user <*> in <*>', count: 50, level: 'info' },
    ]);
    expect(templates[0]).toMatchObject({ firstLine: 51, lastLine: 52, example: 'ERROR payment 17 declined by bank' });
  });

  test('join messages that differ in a word, and keep apart those that differ in most', async () => {
    const { templates } = await mined('could not open file alpha for reading\ncould not open file beta for reading\nshutting down now\n');
    expect(templates.map(({ template, count }) => `${template} (${count})`)).toEqual(['could not open file <*> for reading (2)', 'shutting down now (1)']);
  });

  test('keep the name before a value', async () => {
    expect((await mined('cache size=10 hits=3\n')).templates[0]?.template).toBe('cache size=<*> hits=<*>');
  });

  test('leave out the frames of a trace', async () => {
    const { templates } = await mined('Traceback (most recent call last):\n  File "/a.py", line 1, in f\n    x()\nKeyError: \'A\'\n');
    expect(templates.map(({ template }) => template)).toEqual(['Traceback (most recent call last):']);
  });

  test('stay bounded when every line is different, and errors are not forgotten', () => {
    const miner = new TemplateMiner();
    miner.add(readRecord('ERROR: the one that matters'), 1);
    const word = (index: number): string => index.toString(2).replaceAll('0', 'a').replaceAll('1', 'b');
    for (let index = 0; index < 20_000; index += 1) miner.add(readRecord(`${word(index)} ${word(index * 7)} ${word(index * 13)}`), index + 2);
    const templates = miner.templates(10_000);
    expect(templates.length).toBeLessThanOrEqual(1_000);
    expect(templates[0]).toMatchObject({ template: 'ERROR: the one that matters', level: 'error', count: 1 });
  });
});
