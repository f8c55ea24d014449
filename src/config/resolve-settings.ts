import * as z from 'zod/mini';
import { isRecord } from '../domain/is-record.ts';
import { SETTINGS, type SettingName, type Settings } from './settings.ts';

/** Where values may come from, strongest first; absent keys are not given. */
export interface SettingSources {
  readonly flags: Readonly<Partial<Record<SettingName, unknown>>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly file: Readonly<Record<string, unknown>>;
  readonly filePath: string;
  /** The kubeconfig's current context, where a profile may be chosen by it. */
  readonly currentContext?: string | undefined;
}

export interface SettingProblem {
  readonly where: string;
  readonly message: string;
}

/** Where a value came from, in words a person finds it by: `--timeout <duration>`, `SRE_ORCH_TIMEOUT`, `timeout in config.yaml`, `default`. */
export type SettingOrigins = Readonly<Record<SettingName, string>>;

export interface ResolvedSettings {
  readonly settings: Settings;
  readonly origins: SettingOrigins;
  readonly problems: SettingProblem[];
}

type Values = Readonly<Record<string, unknown>>;
interface Given {
  readonly value: unknown;
  readonly where: string;
}

/** flag > environment > profile > file > default; a profile that is not named is that of the context. Reads everything, then reports every problem at once. */
export function resolveSettings(sources: SettingSources): ResolvedSettings {
  const problems: SettingProblem[] = [];
  const settings: Record<string, unknown> = {};
  const origins: Record<string, string> = {};
  const take = (name: SettingName, given: Given): void => {
    const parsed = z.safeParse(SETTINGS[name].schema, given.value);
    origins[name] = given.where;
    settings[name] = parsed.success ? parsed.data : SETTINGS[name].fallback;
    if (!parsed.success) problems.push({ where: given.where, message: parsed.error.issues.map((issue) => issue.message).join(', ') });
  };
  const named = lookUp('profile', sources, undefined);
  take('profile', named.value === undefined ? (profileOfContext(sources) ?? named) : named);
  const profile = profileOf(settings['profile'] as string | undefined, sources, problems);
  for (const name of Object.keys(SETTINGS) as SettingName[]) if (name !== 'profile') take(name, lookUp(name, sources, profile));
  problems.push(...unknownKeys(sources, profile));
  return { settings: settings as unknown as Settings, origins: origins as SettingOrigins, problems };
}

interface Profile {
  readonly name: string;
  readonly values: Values;
}

function lookUp(name: SettingName, { flags, env, file, filePath }: SettingSources, profile: Profile | undefined): Given {
  const row = SETTINGS[name];
  if (flags[name] !== undefined) return { value: flags[name], where: row.flag };
  const variable = env[row.env];
  if (variable !== undefined && variable !== '') return { value: variable, where: row.env };
  // A key without a value is not given: so does `config init` write what is left to its default.
  const inProfile = profile?.values[row.file] ?? undefined;
  if (profile !== undefined && inProfile !== undefined) return { value: inProfile, where: `${row.file} in profile ${profile.name} of ${filePath}` };
  const inFile = file[row.file] ?? undefined;
  if (inFile !== undefined) return { value: inFile, where: `${row.file} in ${filePath}` };
  return { value: row.fallback, where: 'default' };
}

/** The profile of the context in use: the one that names it, else the one that has its name and names no other. */
function profileOfContext(sources: SettingSources): Given | undefined {
  const { value: given, where } = lookUp('context', sources, undefined);
  const context = given ?? sources.currentContext;
  const profiles = Object.entries(isRecord(sources.file['profiles']) ? sources.file['profiles'] : {});
  const contextOf = (values: unknown): unknown => (isRecord(values) ? (values[SETTINGS.context.file] ?? undefined) : undefined);
  const [name] =
    profiles.find(([, values]) => context !== undefined && contextOf(values) === context) ??
    profiles.find(([key, values]) => key === context && contextOf(values) === undefined) ??
    [];
  if (name === undefined) return undefined;
  return { value: name, where: given === undefined ? `context ${context} of the kubeconfig` : `context ${given}, by ${where}` };
}

function profileOf(name: string | undefined, { file, filePath }: SettingSources, problems: SettingProblem[]): Profile | undefined {
  if (name === undefined) return undefined;
  const profiles = isRecord(file['profiles']) ? file['profiles'] : {};
  const values = profiles[name];
  if (isRecord(values)) return { name, values };
  const known = Object.keys(profiles);
  problems.push({ where: `profile ${name}`, message: `${filePath} has no such profile${known.length === 0 ? '' : `; it has ${known.join(', ')}`}` });
  return undefined;
}

function unknownKeys({ file, filePath }: SettingSources, profile: Profile | undefined): SettingProblem[] {
  const known = new Set<string>(Object.values(SETTINGS).map((row) => row.file));
  const strangers = (values: Values, where: string): SettingProblem[] =>
    Object.keys(values)
      .filter((key) => !known.has(key))
      .map((key) => ({ where: `${key} in ${where}`, message: 'there is no such setting' }));
  const { profiles: _, ...top } = file;
  return [...strangers(top, filePath), ...(profile ? strangers(profile.values, `profile ${profile.name} of ${filePath}`) : [])];
}
