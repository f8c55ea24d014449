import { gapOf, type Lookup } from '../../domain/lookup.ts';
import type { Draw } from '../said.ts';

/** Why a read told nothing, and what would make it tell. */
export function unread(what: string, lookup: Lookup<unknown>): Draw {
  const gap = gapOf(what, lookup);
  return (page) => {
    if (gap === undefined) page.hang({ label: page.glyphs.open, labelRole: 'warning', text: `There is no ${what}.` });
    else
      page.hang({
        label: page.glyphs.open,
        labelRole: 'warning',
        text: `${what} could not be read: ${gap.why.replaceAll('-', ' ')}${gap.detail === undefined ? '' : ` (${gap.detail})`}. Needs: ${gap.needs}.`,
      });
  };
}
