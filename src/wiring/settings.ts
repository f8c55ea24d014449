import { join } from 'node:path';
import { readConfigFile } from '../config/config-file.ts';
import { configDirectory } from '../config/directories.ts';
import { resolveSettings, type SettingOrigins } from '../config/resolve-settings.ts';
import type { SettingName, Settings } from '../config/settings.ts';
import { coded } from '../errors/coded-error.ts';

/** All settings, and the file that they may stand in; undefined where there is no home for one. */
export async function readSettings(
  flags: Readonly<Partial<Record<SettingName, unknown>>>,
  tolerant: boolean,
): Promise<{ settings: Settings; origins: SettingOrigins; path: string | undefined }> {
  const folder = configDirectory(process.env);
  const path = process.env['SRE_ORCH_CONFIG'] ?? (folder === undefined ? undefined : join(folder, 'config.yaml'));
  const file = path === undefined ? {} : await readConfigFile(path).catch((error: unknown) => (tolerant ? {} : Promise.reject(error)));
  const { settings, origins, problems } = resolveSettings({ flags, env: process.env, file, filePath: path ?? '' });
  if (problems.length > 0 && !tolerant) throw coded('SETTINGS_INVALID', { problems: problems.map(({ where, message }) => `${where}: ${message}`) });
  return { settings, origins, path };
}
