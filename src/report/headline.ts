import { refLabel } from '../domain/object-ref.ts';
import type { Report } from '../domain/report.ts';

/** The answer in one line, as the title of a page or a ticket. */
export function headline({ verdict, root_causes: [first] }: Report): string {
  if (verdict === 'root-cause-found' && first) return `Root cause: ${first.title}, ${refLabel(first.object)}`;
  return verdict === 'no-fault-found' ? 'No fault found' : 'Undetermined: no root cause could be proven';
}
