import { writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { Settings } from '../../../config/settings.ts';
import { coded } from '../../../errors/coded-error.ts';
import { answer } from '../../../session/said.ts';
import { renderReport } from '../../render-report.ts';
import type { DeclaredSlash } from '../declared-slash.ts';

const ENDINGS: Readonly<Record<string, Settings['output']>> = {
  '.md': 'markdown',
  '.html': 'html',
  '.json': 'json',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.txt': 'text',
};
const ENDING_OF: Readonly<Partial<Record<Settings['output'], string>>> = { markdown: '.md', html: '.html', json: '.json', yaml: '.yaml', text: '.txt' };

export const exportSlash: DeclaredSlash = {
  name: 'export',
  usage: '[format | file]',
  summary: 'write the report to a file',
  more: 'Markdown, unless told html, json, yaml or text; or name a file that ends so.',
  completes: 'formats',
  async *run({ words: [asked = 'markdown'], conversation, context }) {
    const { report } = conversation.situation;
    if (report === undefined) throw coded('SESSION_EMPTY', {});
    const named = Object.values(ENDINGS).find((format) => format === asked);
    const format = named ?? ENDINGS[extname(asked)];
    if (format === undefined)
      throw coded('ARGUMENTS_INVALID', {
        problem: `/export knows no format for ${JSON.stringify(asked)}: name one of ${Object.keys(ENDING_OF).join(', ')}, or a file that ends so`,
      });
    const path = resolve(named === undefined ? asked : `${report.incident_id}${ENDING_OF[format] ?? ''}`);
    const output = { ...context.output, color: 'none' as const, width: 100, unicode: true };
    const text = await renderReport(report, { ...context, output, settings: { ...context.settings, output: format } }, true);
    await writeNew(path, text);
    yield answer((page) => page.hang({ label: page.glyphs.fine, labelRole: 'good', text: `Written to ${path}` }));
  },
};

/** What is there already is somebody's. */
async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    throw coded(
      'OUTPUT_FAILED',
      { reason: (error as NodeJS.ErrnoException).code === 'EEXIST' ? `${path} exists already` : (error as Error).message },
      { cause: error },
    );
  }
}
