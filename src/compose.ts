import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { CommandContext, Output } from './commands/context.ts';
import { readConfigFile } from './config/config-file.ts';
import { configDirectory, dataDirectory } from './config/directories.ts';
import { resolveSettings } from './config/resolve-settings.ts';
import type { SettingName, Settings } from './config/settings.ts';
import { VERSION } from './config/version.ts';
import { coded } from './errors/coded-error.ts';
import type { IncidentRepository } from './store/incident-repository.ts';

export interface ComposeOptions {
  readonly flags: Readonly<Partial<Record<SettingName, unknown>>>;
  readonly output: Output;
  readonly interrupted: AbortSignal;
}

/** The one place where real things are wired. Everything heavy is imported when it is first asked for. */
export async function compose({ flags, output, interrupted }: ComposeOptions): Promise<{ context: CommandContext; close: () => Promise<void> }> {
  const settings = await readSettings(flags);
  const stores: IncidentRepository[] = [];
  const openStore = async (): Promise<IncidentRepository> => {
    const store = stores[0] ?? (await openSqlite(settings, output));
    if (stores.length === 0) stores.push(store);
    return store;
  };
  const context: CommandContext = {
    settings,
    version: VERSION,
    output,
    env: process.env,
    now: () => new Date(),
    interrupted,
    newIncidentId: () => `inc-${randomBytes(5).toString('hex')}`,
    openStore,
    openReader: async ({ snapshot }) => {
      if (snapshot !== undefined) return (await import('./cluster/snapshot/open-snapshot-reader.ts')).openSnapshotReader(snapshot);
      const { openLiveReader } = await import('./cluster/live/open-live-reader.ts');
      return openLiveReader({
        env: process.env,
        ...(settings.kubeconfig === undefined ? {} : { kubeconfig: settings.kubeconfig }),
        ...(settings.context === undefined ? {} : { context: settings.context }),
      });
    },
    openClient: async ({ reader, keep, onStoreError }) => {
      const { localClient } = await import('./client/local.ts');
      const store = keep ? await openStoreOr(openStore, reader === undefined ? undefined : onStoreError) : undefined;
      return localClient({ investigate: await engineOf(context, reader), store, now: context.now, onStoreError });
    },
  };
  return {
    context,
    close: async () => {
      for (const store of stores) store[Symbol.dispose]();
    },
  };
}

async function readSettings(flags: ComposeOptions['flags']): Promise<Settings> {
  const folder =
    process.env['SRE_ORCH_CONFIG'] ?? (configDirectory(process.env) === undefined ? undefined : join(configDirectory(process.env) ?? '', 'config.yaml'));
  const file = folder === undefined ? {} : await readConfigFile(folder);
  const { settings, problems } = resolveSettings({ flags, env: process.env, file, filePath: folder ?? '' });
  if (problems.length > 0) throw coded('SETTINGS_INVALID', { problems: problems.map(({ where, message }) => `${where}: ${message}`) });
  return settings;
}

async function openSqlite(settings: Settings, output: Output): Promise<IncidentRepository> {
  const folder = settings.dataDir ?? dataDirectory(process.env);
  if (folder === undefined) throw coded('STORE_UNAVAILABLE', { path: '(none)', reason: 'there is no home folder' });
  const { SqliteRepository } = await import('./store/sqlite/sqlite-repository.ts');
  const store = new SqliteRepository({ path: join(folder, 'incidents.db'), owner: { host: hostname(), pid: process.pid }, now: new Date() });
  for (const notice of store.notices) output.err(`note: ${notice}\n`);
  return store;
}
