import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isApiKey, newApiKey, storedKey } from '../../auth/api-key.ts';
import { dataDirectory } from '../../config/directories.ts';
import { CodedError, coded } from '../../errors/coded-error.ts';
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

/** Into a file that only its owner can read. Of several servers that start together over one store, one has a key to show. */
async function addNew(keys: ApiKeyRepository, { settings, env, now, output }: Surroundings): Promise<void> {
  const folder = settings.dataDir ?? dataDirectory(env) ?? '.';
  const { key, stored } = newApiKey(ADMIN, now());
  const path = join(folder, FIRST_KEY);
  // Written before it is known, and under the name that people read once it is: no other server's file is lost.
  const own = `${path}.${stored.key_id}`;
  const isFirst = await writing(async () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(own, `${key}\n`, { mode: 0o600, flag: 'wx' });
    return keys.addFirst(stored);
  });
  await writing(() => (isFirst ? renameSync(own, path) : rmSync(own)));
  if (isFirst) output.err(`note: no API key was known; the first one, an admin's, is in ${path}\n`);
}

async function writing<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof CodedError ? error : coded('OUTPUT_FAILED', { reason: (error as Error).message }, { cause: error });
  }
}
