import { join } from 'node:path';
import { readConfigFile } from '../config/config-file.ts';
import { configDirectory } from '../config/directories.ts';
import { resolveSettings, type SettingOrigins } from '../config/resolve-settings.ts';
import type { SettingName, Settings } from '../config/settings.ts';
import { isRecord } from '../domain/is-record.ts';
import { coded } from '../errors/coded-error.ts';
import { accessOf } from './kubeconfig-access.ts';

interface SettingsQuestion {
  readonly flags: Readonly<Partial<Record<SettingName, unknown>>>;
  readonly tolerant: boolean;
  /** The kubeconfig's context chooses a profile; a dump is of no context. */
  readonly readsCluster: boolean;
}

/** All settings, and the file that they may stand in; undefined where there is no home for one. */
export async function readSettings({
  flags,
  tolerant,
  readsCluster,
}: SettingsQuestion): Promise<{ settings: Settings; origins: SettingOrigins; path: string | undefined }> {
  const folder = configDirectory(process.env);
  const path = process.env['SRE_ORCH_CONFIG'] ?? (folder === undefined ? undefined : join(folder, 'config.yaml'));
  const file = path === undefined ? {} : await readConfigFile(path).catch((error: unknown) => (tolerant ? {} : Promise.reject(error)));
  const sources = { flags, env: process.env, file, filePath: path ?? '' };
  const currentContext = readsCluster && isRecord(file['profiles']) ? await currentContextOf(resolveSettings(sources).settings) : undefined;
  const { settings, origins, problems } = resolveSettings({ ...sources, currentContext });
  if (problems.length > 0 && !tolerant) throw coded('SETTINGS_INVALID', { problems: problems.map(({ where, message }) => `${where}: ${message}`) });
  return { settings, origins, path };
}

async function currentContextOf(settings: Settings): Promise<string | undefined> {
  const { findCurrentContext } = await import('../cluster/live/kubeconfig/find-access.ts');
  return findCurrentContext(accessOf(settings));
}
