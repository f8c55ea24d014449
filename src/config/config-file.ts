import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { coded } from '../errors/coded-error.ts';

/** The settings of a file (YAML), empty where there is none. conf is loaded only when there is something to read. */
export async function readConfigFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  if (!existsSync(path)) return {};
  const [{ default: Conf }, { load }, { holdsNothing }] = await Promise.all([import('conf'), import('js-yaml'), import('./yaml-document.ts')]);
  try {
    const conf = new Conf<Record<string, unknown>>({
      cwd: dirname(path),
      configName: basename(path).replace(/\.[^.]+$/, ''),
      fileExtension: 'yaml',
      projectName: 'sre-orch',
      deserialize: (text) => (holdsNothing(text) ? {} : ((load(text) ?? {}) as Record<string, unknown>)),
      clearInvalidConfig: false,
    });
    return { ...conf.store };
  } catch (error) {
    throw coded('FILE_UNREADABLE', { path, reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }, { cause: error });
  }
}
