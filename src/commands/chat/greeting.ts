import { counted } from '../../domain/counted.ts';
import { printableLine } from '../../report/printable.ts';
import type { Draw } from '../../session/said.ts';
import type { Transcript } from '../../store/session/transcript.ts';
import type { CommandContext } from '../context.ts';
import { relativeTime } from '../stored/relative-time.ts';

const RECALLED = 3;

/** What stands above the first prompt: who speaks, how to begin, how to leave; of a session that is gone on with, what was asked last. */
export function greeting({ version, now }: CommandContext, { session_id: id, turns }: Transcript): Draw {
  return (page) => {
    page.hang({ text: `sre-orch ${version}`, role: 'title' });
    const last = turns.at(-1);
    if (last === undefined) page.hang({ text: `Say what hurts. /help lists what else can be asked, Ctrl-D leaves.`, role: 'quiet' });
    else {
      page.hang({ text: `Going on with ${id}: ${counted(turns.length, 'line')}, the last ${relativeTime(last.at, now())} ago.`, role: 'quiet' });
      for (const { said } of turns.slice(-RECALLED)) page.hang({ indent: 2, label: page.glyphs.bullet, text: printableLine(said), role: 'quiet', maxLines: 1 });
    }
  };
}
