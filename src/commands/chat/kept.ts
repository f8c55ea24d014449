import { join, resolve } from 'node:path';
import { dataDirectory } from '../../config/directories.ts';
import { createRedactor } from '../../redact/redactor.ts';
import type { SpokenLines } from '../../session/chat-screen.ts';
import type { Notices } from '../../session/notices.ts';
import { HistoryFile } from '../../store/session/history-file.ts';
import { SessionFiles } from '../../store/session/session-files.ts';
import type { Transcript } from '../../store/session/transcript.ts';
import type { CommandContext } from '../context.ts';

/** What a session leaves behind, where it can. */
export interface Kept {
  /** false: nothing can be kept, or shall be. */
  readonly keeps: boolean;
  readonly history: SpokenLines;
  readonly save: (transcript: Transcript) => void;
  readonly find: (id: string | undefined) => Transcript | undefined;
  readonly ids: () => string[];
}

/** History and sessions beside the store. Where nothing can be written, one line says so and everything else goes on. */
export function openKept({ settings, env }: CommandContext, keep: boolean, notices: Notices): Kept {
  const folder = settings.dataDir === undefined ? dataDirectory(env) : resolve(settings.dataDir);
  if (!keep) return NOTHING_KEPT;
  if (folder === undefined) {
    notices.tell('Nothing is kept of this session: there is no home folder.');
    return NOTHING_KEPT;
  }
  const redact = createRedactor().text;
  const sessions = new SessionFiles(folder);
  const file = new HistoryFile(join(folder, 'chat-history'));
  let lost = false;
  const keeping = (work: () => void): void => {
    if (lost) return;
    try {
      work();
    } catch (error) {
      lost = true;
      notices.tell(`Nothing is kept of this session: ${(error as Error).message}.`);
    }
  };
  let entries: string[] = [];
  keeping(() => {
    entries = file.load();
    file.prepare();
  });
  return {
    keeps: !lost,
    history: { entries, add: (line) => keeping(() => file.add(redact(line))) },
    save: (transcript) => keeping(() => sessions.save(transcript)),
    find: (id) => sessions.find(id),
    ids: () => sessions.ids(),
  };
}

const NOTHING_KEPT: Kept = { keeps: false, history: { entries: [], add: () => {} }, save: () => {}, find: () => undefined, ids: () => [] };
