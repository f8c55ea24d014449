import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Calibration, Reliability } from './calibration.ts';
import type { GateResult } from './gate.ts';

const PAGE = join(import.meta.dirname, '../../docs/quality.md');
const HEAD = `# Quality

What the program must hold to, and how far it does. Written by \`npm run gate\`; the gates are in test/gates, the scenarios in test/scenarios.
`;
/** In the order in which they stand. One that was not run keeps what it said. */
const SECTIONS = ['recordings', 'cluster', 'incidents'] as const;
export type Section = (typeof SECTIONS)[number];

/** Puts texts into their sections of docs/quality.md; the others stay as they are. */
export function writeQualityPage(texts: Partial<Record<Section, string>>): void {
  const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  const sections = SECTIONS.flatMap((section) => {
    const text = texts[section] ?? sectionOf(before, section);
    return text === undefined ? [] : [`<!-- ${section} -->\n${text.trim()}\n<!-- end of ${section} -->\n`];
  });
  writeFileSync(PAGE, [HEAD, ...sections].join('\n'));
}

function sectionOf(page: string, section: Section): string | undefined {
  return new RegExp(`<!-- ${section} -->\\n([\\s\\S]*?)<!-- end of ${section} -->`).exec(page)?.[1];
}

/** The figures of the gates and of confidence, and everything that did not pass. */
export function gatesText(results: readonly GateResult[], calibration: Calibration): string {
  const failed = results.flatMap(({ gate, trials }) =>
    trials.filter(({ passed }) => !passed).map(({ name, problem }) => `- ${gate.name}, ${name}: ${problem}`),
  );
  return [
    '## On recorded scenarios\n',
    table(['Gate', 'What must hold', 'Passed', 'Needed'], results.map(gateRow)),
    '\n## What confidence is worth\n\nOver every root cause that was named in any of these runs.\n',
    table(
      ['Level', 'Right', 'Needed'],
      calibration.levels.map((row) => [row.label, shareOf(row.right, row.answers), row.needed === 0 ? '–' : `${percent(row.needed)}`]),
    ),
    '',
    table(
      ['Confidence', 'Mean', 'Right'],
      calibration.buckets.map((row: Reliability) => [row.label, row.claimed.toFixed(2), shareOf(row.right, row.answers)]),
    ),
    ...(failed.length === 0 ? [] : ['\n## What did not pass\n', ...failed]),
  ].join('\n');
}

function gateRow({ gate, trials, passed }: GateResult): string[] {
  return [gate.name, gate.claim, shareOf(passed, trials.length), percent(gate.share)];
}

/** `59 of 60 (98.3 %)` */
export function shareOf(part: number, whole: number): string {
  return `${part} of ${whole} (${percent(whole === 0 ? 1 : part / whole)})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1).replace(/\.0$/, '')} %`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
