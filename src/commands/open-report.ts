import { pathToFileURL } from 'node:url';
import type { Report } from '../domain/report.ts';
import { hyperlink } from '../report/hyperlink.ts';
import type { CommandOption } from './command.ts';
import type { CommandContext } from './context.ts';

export const OPEN_OPTION: CommandOption = { flags: '--open', help: 'open the report as a page in the browser ($BROWSER); on a terminal only' };

/** Opens the report in the browser where a person sits before it. Returns whether it did, so that the page need not be printed, too. */
export async function openReport(report: Report, { output, openPage }: CommandContext): Promise<boolean> {
  if (!output.watched) {
    output.err('note: --open is for terminals: the report was not opened\n');
    return false;
  }
  const { renderHtml } = await import('../report/html.ts');
  const { path, failure } = await openPage(`${report.incident_id}.html`, renderHtml(report));
  const shown = output.links ? hyperlink(pathToFileURL(path).href, path) : path;
  output.err(failure === undefined ? `opened ${shown}\n` : `note: no browser could be started: ${failure}. The report is at ${shown}\n`);
  return true;
}
