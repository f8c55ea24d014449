import type { Report } from '../domain/report.ts';
import type { CommandContext } from './context.ts';
import { asYaml } from './yaml.ts';

/** A report in the format that the settings ask for; ends with a line break. */
export async function renderReport(report: Report, { settings, output }: CommandContext, verbose: boolean): Promise<string> {
  switch (settings.output) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'jsonl':
      return `${JSON.stringify(report)}\n`;
    case 'markdown': {
      const { renderMarkdown } = await import('../report/markdown.ts');
      return renderMarkdown(report);
    }
    case 'html': {
      const { renderHtml } = await import('../report/html.ts');
      return renderHtml(report);
    }
    case 'yaml':
      return asYaml(report);
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
  }
}
