import { CLUSTER_SETTINGS, MODEL_SETTINGS, SETTINGS, type SettingName, TELEMETRY_SETTINGS } from '../config/settings.ts';
import { coded } from '../errors/coded-error.ts';
import type { CommandInput } from './command.ts';
import type { CommandContext } from './context.ts';

/** What also matters where a server does the work: the way to it, and what may be reached from here. */
const HEEDED: readonly SettingName[] = ['insecureHttp', 'offline'];
const LOCAL: readonly SettingName[] = [...CLUSTER_SETTINGS, ...TELEMETRY_SETTINGS, ...MODEL_SETTINGS, 'rules', 'knowledgeGraph', 'store', 'dataDir'];
/** They choose the profile, which may be what names the server. */
const CHOOSING: readonly SettingName[] = ['context', 'kubeconfig'];

/** Options of commands that only an engine in this process can heed, as the key and the value that commander gives them. */
const LOCAL_OPTIONS: Readonly<Record<string, { readonly key: string; readonly value: boolean }>> = {
  '--no-store': { key: 'store', value: false },
  '--show-prompt': { key: 'showPrompt', value: true },
};

interface Heeded {
  readonly settings?: readonly SettingName[];
  /** Further options that the server cannot heed for this command. */
  readonly refused?: typeof LOCAL_OPTIONS;
}

/**
 * Nothing that was asked for is left out in silence: what a server cannot heed is refused, all of it at once. What stands in the
 * environment or in the settings file is for work on this machine, and may stand. Throws FLAGS_ELSEWHERE.
 */
export function refuseLocalFlags({ options }: CommandInput, { settings, origins }: CommandContext, { settings: heeded = [], refused }: Heeded = {}): void {
  const { server } = settings;
  if (server === undefined || typeof options['snapshot'] === 'string') return;
  const isOfProfile = origins.server.includes(' in profile ');
  const given = LOCAL.filter((name) => origins[name] === SETTINGS[name].flag && ![...HEEDED, ...heeded, ...(isOfProfile ? CHOOSING : [])].includes(name));
  const flags = [
    ...given.map((name) => SETTINGS[name].flag.split(' ')[0] ?? ''),
    ...Object.entries({ ...LOCAL_OPTIONS, ...refused }).flatMap(([flag, { key, value }]) => (options[key] === value ? [flag] : [])),
  ];
  if (flags.length > 0) throw coded('FLAGS_ELSEWHERE', { server, flags });
}
