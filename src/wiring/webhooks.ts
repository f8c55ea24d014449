import { readFile } from 'node:fs/promises';
import type { Settings } from '../config/settings.ts';
import { coded } from '../errors/coded-error.ts';
import { parseWebhooks, type Webhook } from '../notify/webhooks.ts';
import { insecureHostsOf } from './model.ts';

/** Who is told of incidents that ended; nobody where no file names any. FILE_UNREADABLE, SETTINGS_INVALID. */
export async function openWebhooks(settings: Settings): Promise<readonly Webhook[]> {
  const { webhooks: path } = settings;
  if (path === undefined) return [];
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw coded('FILE_UNREADABLE', { path, reason: error.message }, { cause: error });
  });
  return parseWebhooks(text, path, { env: process.env, insecureHosts: insecureHostsOf(settings) });
}
