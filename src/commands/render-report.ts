import type { Report } from '../domain/report.ts';
import { asData } from './as-data.ts';
import type { CommandContext } from './context.ts';

/** A report in the format that the settings ask for; ends with a line break, unless a template says otherwise. */
export async function renderReport(report: Report, { settings, output }: CommandContext, verbose: boolean): Promise<string> {
  switch (settings.output) {
    case 'name':
      return `${report.incident_id}\n`;
    case 'markdown': {
      const { renderMarkdown } = await import('../report/markdown.ts');
      return renderMarkdown(report);
    }
    case 'html': {
      const { renderHtml } = await import('../report/html.ts');
      return renderHtml(report);
    }
    case 'text':
    case 'wide': {
      const { renderText } = await import('../report/text.ts');
      return renderText(report, {
        color: output.color,
        width: output.width,
        unicode: output.unicode,
        links: output.links,
        verbose: verbose || settings.output === 'wide',
      });
    }
    default:
      return asData(report, settings.output, output);
  }
}
