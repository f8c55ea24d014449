import * as z from 'zod/mini';
import { readConfigText, withSetting, writeConfigText } from '../../config/edit-config-file.ts';
import type { Setting } from '../../config/setting.ts';
import { SETTINGS, type SettingName } from '../../config/settings.ts';
import { nearNames } from '../../domain/near-names.ts';
import { coded } from '../../errors/coded-error.ts';
import { createRedactor } from '../../redact/redactor.ts';
import { asksForData } from '../asks-for-data.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';

const ROWS = Object.entries(SETTINGS) as [SettingName, (typeof SETTINGS)[SettingName]][];

/** The subcommands of `config`. */
export const ANSWERS = { listSettings, getSetting, setSetting, unsetSetting, configPath };

/** `config list`: what is in force, and from where. What is secret in a value is not shown. */
async function listSettings(_input: CommandInput, context: CommandContext): Promise<CommandResult> {
  const rows = ROWS.map(([name, { file, env }]) => ({ setting: file, value: shown(context, name), from: context.origins[name], variable: env }));
  if (asksForData(context.settings)) return { kind: 'json', value: rows };
  return {
    kind: 'table',
    columns: ['setting', 'value', 'from', 'variable'],
    rows: rows.map(({ setting, value, from, variable }) => [setting, value ?? '-', from, variable]),
    whenEmpty: '',
    expendable: ['variable'],
  };
}

/** `config get`: the value alone, so that scripts can use it; an error where none is set. */
async function getSetting({ arguments: [key = ''] }: CommandInput, context: CommandContext): Promise<CommandResult> {
  const name = settingNamed(key);
  const value = shown(context, name);
  if (asksForData(context.settings)) return { kind: 'json', value: { setting: SETTINGS[name].file, value, from: context.origins[name] } };
  return value === null ? { kind: 'text', text: '', exitCode: 1 } : { kind: 'text', text: value };
}

async function setSetting({ arguments: [key = '', value = ''], options }: CommandInput, context: CommandContext): Promise<CommandResult> {
  const name = settingNamed(key);
  const parsed = z.safeParse(SETTINGS[name].schema, value);
  if (!parsed.success) throw coded('SETTINGS_INVALID', { problems: parsed.error.issues.map(({ message }) => `${key}: ${message}`) });
  return edit(context, pathOf(name, options), value);
}

async function unsetSetting({ arguments: [key = ''], options }: CommandInput, context: CommandContext): Promise<CommandResult> {
  // Also what is no setting any more can be taken out.
  const name = ROWS.find(([, { file }]) => file === key)?.[0];
  return edit(context, name === undefined ? [key] : pathOf(name, options), undefined);
}

async function configPath(_input: CommandInput, context: CommandContext): Promise<CommandResult> {
  return { kind: 'text', text: pathIn(context) };
}

async function edit(context: CommandContext, path: readonly string[], value: string | undefined): Promise<CommandResult> {
  const file = pathIn(context);
  await writeConfigText(file, withSetting(await readConfigText(file), path, value, file));
  context.output.err(`${value === undefined ? 'taken out of' : 'written to'} ${file}\n`);
  return { kind: 'done', exitCode: 0 };
}

/** The settings file. Throws SETTINGS_INVALID where there is no home for one. */
export function pathIn({ configPath: path }: CommandContext): string {
  if (path === undefined) throw coded('SETTINGS_INVALID', { problems: ['there is no home folder for a settings file: set SRE_ORCH_CONFIG to a path'] });
  return path;
}

function pathOf(name: SettingName, { inProfile }: CommandInput['options']): readonly string[] {
  const key = SETTINGS[name].file;
  return typeof inProfile === 'string' ? ['profiles', inProfile, key] : [key];
}

function settingNamed(key: string): SettingName {
  const found = ROWS.find(([name, { file }]) => file === key || name === key);
  if (found) return found[0];
  const near = nearNames(
    key,
    ROWS.map(([, { file }]) => file),
  );
  throw coded('SETTINGS_INVALID', { problems: [`there is no setting ${JSON.stringify(key)}${near.length === 0 ? '' : `; near: ${near.join(', ')}`}`] });
}

function shown({ settings }: CommandContext, name: SettingName): string | null {
  const value = settings[name];
  const row: Setting = SETTINGS[name];
  if (row.secret === true && value !== undefined) return '(set, not shown)';
  return value === undefined ? null : createRedactor().text(String(value));
}
