import type { ConfidenceLevel, RootCause } from '../../domain/cause.ts';
import { refKey, refLabel } from '../../domain/object-ref.ts';
import { sentence } from '../../domain/sentence.ts';
import { changeSentence, otherFields } from '../change-sentence.ts';
import { clock } from '../clock.ts';
import type { Page } from '../page.ts';
import type { Role } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { unbroken } from '../wrap.ts';
import type { CauseContext } from './cause-context.ts';
import { chainSection, MAX_LINKS } from './chain-tree.ts';
import { evidenceSection } from './evidence.ts';

const LEVEL_ROLES: Readonly<Record<ConfidenceLevel, Role>> = { high: 'good', medium: 'warning', low: 'quiet' };
const MAX_AFFECTED = 8;

/** One root cause: what it is, how it spreads, the proof, and what to do. */
export function causeSection(page: Page, cause: RootCause, context: CauseContext): void {
  const { rank, title, object, mechanism, confidence, confidence_score: level, since } = cause;
  page.rule(`${rank}  ${title}`, { text: `${level} ${confidence.toFixed(2)}`, role: LEVEL_ROLES[level] });
  page.hang({ indent: 2, text: `${refLabel(object)}${since === null ? '' : `, ${unbroken(`since ${clock(since)}`)}`}`, role: 'object' });
  page.hang({ indent: 2, text: sentence(mechanism) });
  changeLine(page, cause);
  chainSection(page, cause, context);
  affectedSection(page, cause, context);
  evidenceSection(page, cause, context);
  remediationSection(page, cause);
  confidenceSection(page, cause, context);
}

function changeLine(page: Page, { change, object }: RootCause): void {
  if (change === null) return;
  page.hang({ indent: 2, text: changeSentence(change, object), role: 'warning' });
  const { also = [] } = change;
  if (also.length > 0) page.hang({ indent: 2, text: `With it changed: ${otherFields(also)}`, role: 'quiet' });
}

/** What the chain does not show already. */
function affectedSection(page: Page, { affected, chain }: RootCause, { verbose }: CauseContext): void {
  const drawn = new Set(chain.slice(0, verbose ? chain.length : MAX_LINKS).map(({ to }) => refKey(to)));
  const others = affected.filter((object) => !drawn.has(refKey(object))).map(refLabel);
  if (others.length === 0) return;
  const shown = others.slice(0, verbose ? others.length : MAX_AFFECTED);
  const rest = others.length - shown.length;
  page.heading(`${drawn.size > 0 ? 'Also affected' : 'Affected'} (${others.length})`);
  page.hang({ indent: 4, text: `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}` });
}

function remediationSection(page: Page, { remediation, references }: RootCause): void {
  if (remediation.length + references.length === 0) return;
  page.heading('What to do');
  for (const { text, command, risk } of remediation) {
    page.hang({ indent: 4, label: page.glyphs.bullet, text: `${sentence(text)} ${unbroken(`(risk: ${risk})`)}` });
    if (command !== null) page.command(6, command);
  }
  for (const reference of references) page.line(`    ${page.paint('quiet', `See ${page.link(printableLine(reference))}`)}`);
}

function confidenceSection(page: Page, { confidence_reasons: reasons, confidence_score: level }: RootCause, { verbose }: CauseContext): void {
  if (reasons.length === 0 || (level === 'high' && !verbose)) return;
  page.heading(`Why ${level} confidence`);
  for (const reason of reasons) page.hang({ indent: 4, label: page.glyphs.bullet, text: reason });
}
