import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { objectRef } from '../../src/domain/object-ref.ts';
import { renderText } from '../../src/report/text.ts';
import { displayWidth } from '../../src/report/wrap.ts';
import { DATABASE_KILLED, fullReport, manyCauses, noFault, undetermined } from './reports.ts';

const plain = { color: 'none', width: 80, unicode: true } as const;

/** Commands and links may be wider: broken, they could not be copied. */
function tooWide(text: string, width: number): string[] {
  return text.split('\n').filter((line) => displayWidth(line) > width && !/^\s+((\$|See) .*|\S+)$/.test(line));
}

describe('a report as text', () => {
  test.each([
    ['full-80', fullReport(), plain],
    ['full-120', fullReport(), { ...plain, width: 120 }],
    ['full-ascii', fullReport(), { ...plain, unicode: false }],
    ['full-verbose', fullReport(), { ...plain, width: 120, verbose: true }],
    ['undetermined', undetermined(), plain],
    ['no-fault', noFault(), plain],
    ['many-causes', manyCauses(6), plain],
  ] as const)('looks like %s.txt', async (name, report, options) => {
    await expect(renderText(report, options)).toMatchFileSnapshot(`snapshots/${name}.txt`);
  });

  test.each([40, 60, 80, 100, 120])('fits %i columns', (width) => {
    for (const report of [fullReport(), manyCauses(5), undetermined(), noFault()]) expect(tooWide(renderText(report, { ...plain, width }), width)).toEqual([]);
  });

  test('is set at most 120 wide, however wide the terminal is', () => {
    expect(tooWide(renderText(fullReport(), { ...plain, width: 300 }), 120)).toEqual([]);
  });

  test('in colour says the same as without', () => {
    const colored = renderText(fullReport(), { ...plain, color: '16' });
    expect(colored).toContain('\u001b[');
    expect(stripVTControlCharacters(colored)).toBe(renderText(fullReport(), plain));
  });

  test('writes only ASCII where that is asked for', () => {
    const report = fullReport({ description: 'Grüße … 東京 ≥ 3 → 4' });
    const text = renderText(report, { ...plain, unicode: false });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is meant
    expect(text).toMatch(/^[\u0000-\u007f]*$/);
    expect(text).toContain('Gr??e ... ?? >= 3 -> 4');
  });

  test('says when it was cut short', () => {
    expect(renderText(fullReport({ error_message: 'It was stopped before everything was read.' }), plain)).toContain(
      '  It was stopped before everything was read.\n',
    );
  });

  test('tells three causes in full and the rest in a line each; all with verbose', () => {
    expect(renderText(manyCauses(6), plain).match(/What to do/g)).toHaveLength(3);
    expect(renderText(manyCauses(6), { ...plain, verbose: true }).match(/What to do/g)).toHaveLength(6);
  });
});

describe('untrusted text', () => {
  const evil = '\u001b[2J\u001b]0;pwned\u0007\u009b31m\u202eevil\u0000';
  const hostile = fullReport({
    description: evil,
    incident_id: evil,
    root_causes: [
      {
        ...DATABASE_KILLED,
        title: evil,
        mechanism: evil,
        object: objectRef('Pod', 'shop', evil),
        remediation: [{ text: evil, command: `echo ${evil}`, risk: 'low' }],
        references: [evil],
        chain: [{ from: objectRef('Pod', 'shop', evil), to: objectRef('Service', 'shop', evil), mechanism: evil, evidence_ids: [evil] }],
      },
    ],
    ruled_out: [{ cause_id: 'x', title: evil, object: objectRef('Pod', evil, evil), reason: evil, evidence_ids: [evil] }],
    observations: [{ text: evil, object: null, evidence_ids: [] }],
    gaps: [{ what: evil, why: 'failed', needs: evil, detail: evil }],
    timeline: [{ at: evil, text: evil, object: null, evidence_ids: [] }],
    next_commands: [evil],
    error_message: evil,
  });

  test.each([true, false])('reaches no terminal as a command (verbose: %s)', (verbose) => {
    const text = renderText(hostile, { ...plain, verbose });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(text).toContain('evil');
  });

  test('in colour only the own sequences are there', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    const own = renderText(hostile, { ...plain, color: '16' }).replace(/\u001b\[[0-9;]+m/g, '');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(own).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});

describe('bounds', () => {
  const many = Array.from({ length: 50 }, (_, index) => index);
  const crowded = fullReport({
    root_causes: [
      {
        ...DATABASE_KILLED,
        affected: many.map((index) => objectRef('Deployment', 'shop', `app-${index}`)),
        chain: many.slice(0, 12).map((index) => ({
          from: DATABASE_KILLED.object,
          to: objectRef('Deployment', 'shop', `app-${index}`),
          mechanism: 'It calls it.',
          evidence_ids: [],
        })),
      },
    ],
    observations: many.map((index) => ({ text: `remark ${index}`, object: null, evidence_ids: [] })),
    timeline: many.map((index) => ({ at: `2026-01-31T09:${String(index).padStart(2, '0')}:00Z`, text: `entry ${index}`, object: null, evidence_ids: [] })),
  });

  test('a crowded report stays readable, and says what it leaves out', () => {
    const text = renderText(crowded, plain);
    expect(text).toContain('Also affected (42)');
    expect(text).toContain('and 34 more');
    expect(text).toContain('and 4 more');
    expect(text).toContain('and 45 more (--verbose shows all)');
    expect(text).toContain('40 earlier entries not shown');
    expect(text.split('\n').length).toBeLessThan(110);
  });

  test('verbose leaves nothing out', () => {
    const text = renderText(crowded, { ...plain, verbose: true });
    for (const index of many) expect(text).toContain(`entry ${index}\n`);
    expect(text).not.toContain('--verbose');
  });
});
