import { z } from 'zod/mini';
import { SETTINGS, type SettingName, type Settings } from './settings.ts';

/** Where values may come from, strongest first; absent keys are not given. */
export interface SettingSources {
  readonly flags: Readonly<Partial<Record<SettingName, unknown>>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly file: Readonly<Record<string, unknown>>;
  readonly filePath: string;
}

export interface SettingProblem {
  readonly where: string;
  readonly message: string;
}

/** flag > environment > file > default. Reads everything, then reports every problem at once. */
export function resolveSettings(sources: SettingSources): { settings: Settings; problems: SettingProblem[] } {
  const problems: SettingProblem[] = unknownKeys(sources);
  const settings: Record<string, unknown> = {};
  for (const [name, row] of Object.entries(SETTINGS)) {
    const given = lookUp(name as SettingName, sources);
    const parsed = z.safeParse(row.schema, given.value);
    if (parsed.success) settings[name] = parsed.data;
    else problems.push({ where: given.where, message: parsed.error.issues.map((issue) => issue.message).join(', ') });
  }
  return { settings: settings as unknown as Settings, problems };
}

function lookUp(name: SettingName, { flags, env, file, filePath }: SettingSources): { value: unknown; where: string } {
  const row = SETTINGS[name];
  if (flags[name] !== undefined) return { value: flags[name], where: row.flag };
  const variable = env[row.env];
  if (variable !== undefined && variable !== '') return { value: variable, where: row.env };
  if (file[row.file] !== undefined) return { value: file[row.file], where: `${row.file} in ${filePath}` };
  return { value: row.fallback, where: 'default' };
}

function unknownKeys({ file, filePath }: SettingSources): SettingProblem[] {
  const known = new Set(Object.values(SETTINGS).map((row) => row.file));
  return Object.keys(file)
    .filter((key) => !known.has(key))
    .map((key) => ({ where: `${key} in ${filePath}`, message: 'there is no such setting' }));
}
