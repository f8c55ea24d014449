import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { TokenReviewAnswer } from '../protocol/agent.ts';

/** Who reads through the agent. */
export interface Caller {
  readonly name: string;
}

/** Tells the holder of a bearer token; undefined: nobody that it knows. */
export type KnowsCallers = (token: string) => Promise<Caller | undefined>;

const LOOK_MS = 10_000;
const REMEMBERED = 1_000;
const KNOWN_MS = 60_000;
const UNKNOWN_MS = 5_000;

/** Whoever sends what the file holds. It is read anew every ten seconds, so that a key can be replaced; two lines: the old one and the new. */
export function keyHolders(path: string, clock: () => number): KnowsCallers {
  let [keys, readAt]: [readonly Buffer[], number] = [[], Number.NEGATIVE_INFINITY];
  return async (token) => {
    if (clock() - readAt > LOOK_MS) {
      const text = await readFile(path, 'utf8').catch(() => '');
      keys = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [digest(line.trim())]));
      readAt = clock();
    }
    const given = digest(token);
    return keys.filter((key) => timingSafeEqual(key, given)).length > 0 ? { name: 'holder of the key' } : undefined;
  };
}

export interface AccountOptions {
  /** As the API server names them: `system:serviceaccount:sre:orchestrator`. */
  readonly names: readonly string[];
  readonly review: (token: string) => Promise<TokenReviewAnswer>;
  readonly clock: () => number;
}

/** Whoever has a token of one of these service accounts, by what the API server says of it; that is remembered for a minute. */
export function accountHolders({ names, review, clock }: AccountOptions): KnowsCallers {
  const remembered = new Map<string, { readonly caller: Caller | undefined; readonly until: number }>();
  return async (token) => {
    const key = digest(token).toString('base64');
    const known = remembered.get(key);
    if (known !== undefined && known.until > clock()) return known.caller;
    const { authenticated, username } = await review(token);
    const caller = authenticated && username !== null && names.includes(username) ? { name: username } : undefined;
    remembered.delete(key);
    remembered.set(key, { caller, until: clock() + (caller === undefined ? UNKNOWN_MS : KNOWN_MS) });
    for (const oldest of remembered.keys()) {
      if (remembered.size <= REMEMBERED) break;
      remembered.delete(oldest);
    }
    return caller;
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
