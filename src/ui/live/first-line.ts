import type { WatchOptions } from '../../client/watcher.ts';
import { paintFor } from '../../report/paint.ts';
import { themeFor } from '../theme.ts';
import { statusParts } from './live-region.ts';

/**
 * The first frame of a run, drawn by hand: what draws the others takes longer to load than a person likes to look at nothing.
 * It leaves the cursor where it began, so that the next frame covers it.
 */
export function drawFirstLine({ stream, color, unicode }: Pick<WatchOptions, 'stream' | 'color' | 'unicode'>): void {
  const theme = themeFor({ color, unicode });
  const doing = `${theme.spinner[0]} connecting`;
  const rest = theme.separator + statusParts({ elapsed: 0, counts: [], stopping: false }).join(theme.separator);
  // A line that wraps could not be covered.
  const width = (stream.columns || 80) - 1;
  stream.write(`${doing.slice(0, width)}${paintFor(color)('quiet', rest.slice(0, Math.max(0, width - doing.length)))}\r`);
}
