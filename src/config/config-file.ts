import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { coded } from '../errors/coded-error.ts';

/** The settings of a file (YAML), empty where there is none. conf is loaded only when there is something to read. */
export async function readConfigFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  if (!existsSync(path)) return {};
  const [{ default: Conf }, { load }, { holdsNothing }] = await Promise.all([importConf(), import('js-yaml'), import('./yaml-document.ts')]);
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

/** What it saves files with answers a signal by sending it once more, and the second one ends the process: we save nothing by it. */
async function importConf(): Promise<typeof import('conf')> {
  const before = new Set(signalListeners().map(([, listener]) => listener));
  const conf = await import('conf');
  for (const [signal, listener] of signalListeners()) if (!before.has(listener)) process.off(signal, listener);
  return conf;
}

function signalListeners(): [string, () => void][] {
  const signals = process.eventNames().filter((name) => typeof name === 'string' && name.startsWith('SIG')) as string[];
  return signals.flatMap((signal) => process.rawListeners(signal).map((listener): [string, () => void] => [signal, listener as () => void]));
}
