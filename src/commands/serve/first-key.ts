import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isApiKey, newApiKey, storedKey } from '../../auth/api-key.ts';
import { dataDirectory } from '../../config/directories.ts';
import { coded } from '../../errors/coded-error.ts';
import type { ApiKeyRepository } from '../../store/api-key-repository.ts';
import type { CommandContext } from '../context.ts';

const FIRST_KEY = 'first-key';
const ADMIN = { name: FIRST_KEY, role: 'admin', namespaces: null } as const;

type Surroundings = Pick<CommandContext, 'settings' | 'env' | 'now' | 'output'>;

/** A server that asks for keys has one from its start: the one it is given, else one that it makes where it knows none. */
export async function giveFirstKey(keys: ApiKeyRepository, surroundings: Surroundings): Promise<void> {
  const given = givenKey(surroundings.settings);
  if (given !== undefined) return addGiven(keys, given, surroundings.now());
  const known = await keys.list();
  if (!known.some(({ revoked_at }) => revoked_at === null)) await addNew(keys, surroundings);
}

function givenKey({ firstKey, firstKeyFile }: Surroundings['settings']): string | undefined {
  const key = firstKey ?? (firstKeyFile === undefined ? undefined : contentOf(firstKeyFile));
  // What was given is not repeated: it could be nearly right.
  if (key !== undefined && !isApiKey(key))
    throw coded('SETTINGS_INVALID', { problems: ['the first key must look like sreo_, 12 hexadecimal digits, _, and 43 letters, digits, - or _'] });
  return key;
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw coded('FILE_UNREADABLE', { path, reason: (error as Error).message }, { cause: error });
  }
}

/** One that was revoked stays revoked; of several servers that start together one adds it. */
async function addGiven(keys: ApiKeyRepository, key: string, now: Date): Promise<void> {
  const stored = storedKey(key, ADMIN, now);
  if ((await keys.find(stored.key_id)) !== undefined) return;
  try {
    await keys.add(stored);
  } catch (error) {
    if ((await keys.find(stored.key_id)) === undefined) throw error;
  }
}

/** Into a file that only its owner can read. */
async function addNew(keys: ApiKeyRepository, { settings, env, now, output }: Surroundings): Promise<void> {
  const folder = settings.dataDir ?? dataDirectory(env) ?? '.';
  const { key, stored } = newApiKey(ADMIN, now());
  const path = join(folder, FIRST_KEY);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // A file that is there keeps its mode when it is written to.
    rmSync(path, { force: true });
    writeFileSync(path, `${key}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw coded('OUTPUT_FAILED', { reason: (error as Error).message }, { cause: error });
  }
  await keys.add(stored);
  output.err(`note: no API key was known; the first one, an admin's, is in ${path}\n`);
}
