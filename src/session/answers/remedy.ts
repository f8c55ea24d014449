import type { RootCause } from '../../domain/cause.ts';
import { refLabel } from '../../domain/object-ref.ts';
import type { Report } from '../../domain/report.ts';
import { sentence } from '../../domain/sentence.ts';
import type { Page } from '../../report/page.ts';
import { unbroken } from '../../report/wrap.ts';
import type { Draw } from '../said.ts';

/** What to do about each cause, the first first. */
export function remedy({ root_causes: causes, next_commands: commands }: Report): Draw {
  return (page) => {
    if (causes.length === 0) {
      page.hang({ text: commands.length > 0 ? 'No cause was proven. To find out more:' : 'No cause was proven, so there is nothing to mend.' });
      for (const command of commands) page.command(2, command);
      return;
    }
    for (const cause of causes) {
      page.heading(`${cause.title}, ${refLabel(cause.object)}`, 0);
      remedies(page, cause);
    }
    page.gap();
    page.hang({ text: 'These are for you to run: sre-orch changes nothing.', role: 'quiet' });
  };
}

/** The remedies of one cause, `most` of them. */
export function remedies(page: Page, { remediation, references }: RootCause, most = remediation.length): void {
  if (remediation.length === 0) page.hang({ indent: 4, text: 'Nothing is known that helps in general.', role: 'quiet' });
  for (const { text, command, risk } of remediation.slice(0, most)) {
    page.hang({ indent: 4, label: page.glyphs.bullet, text: `${sentence(text)} ${unbroken(`(risk: ${risk})`)}` });
    if (command !== null) page.command(6, command);
  }
  if (most >= remediation.length) for (const reference of references) page.hang({ indent: 4, text: `See ${reference}`, role: 'quiet' });
  else page.hang({ indent: 4, text: `"what should I do" shows ${remediation.length - most} more`, role: 'quiet' });
}
