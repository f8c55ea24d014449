import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../config/make-folder.ts';
import { type Transcript, transcriptSchema } from './transcript.ts';

/** What is kept of one session: of one that goes on for days, the end. */
const MAX_TURNS = 500;

/** Sessions as files, one each, for their owner only. */
export class SessionFiles {
  readonly #folder: string;

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'sessions');
  }

  /** Throws what the file system throws. */
  save(transcript: Transcript): void {
    makeFolder(this.#folder);
    const path = join(this.#folder, `${transcript.session_id}.json`);
    writeFileSync(`${path}.new`, JSON.stringify({ ...transcript, turns: transcript.turns.slice(-MAX_TURNS) }), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }

  /** By id, or the beginning of one; without an id the last that was spoken in. undefined: there is none, or several. */
  find(id: string | undefined): Transcript | undefined {
    const ids = this.ids();
    const matching = id === undefined ? ids.slice(0, 1) : ids.filter((each) => each === id || each.startsWith(id.startsWith('chat-') ? id : `chat-${id}`));
    const [only, ...others] = matching;
    return only === undefined || others.length > 0 ? undefined : this.#read(only);
  }

  /** The latest first. */
  ids(): string[] {
    try {
      return readdirSync(this.#folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => ({ id: name.slice(0, -'.json'.length), at: statSync(join(this.#folder, name)).mtimeMs }))
        .sort((a, b) => b.at - a.at)
        .map(({ id }) => id);
    } catch {
      return [];
    }
  }

  #read(id: string): Transcript | undefined {
    try {
      return transcriptSchema.parse(JSON.parse(readFileSync(join(this.#folder, `${id}.json`), 'utf8')));
    } catch {
      return undefined;
    }
  }
}
