import { stringify } from 'yaml';
import { SETTINGS, type SettingName } from '../../config/settings.ts';

/** A settings file that explains itself: what is given as a value, everything else as a comment with its default. */
export function commentedConfig(given: Readonly<Partial<Record<SettingName, string>>>): string {
  const rows = (Object.entries(SETTINGS) as [SettingName, (typeof SETTINGS)[SettingName]][]).map(([name, { file, help, env, fallback }]) => {
    const value = given[name];
    const line =
      value === undefined ? (fallback === undefined ? `# ${file}:` : `# ${stringify({ [file]: fallback }).trim()}`) : stringify({ [file]: value }).trim();
    return `# ${help} (${env})\n${line}\n`;
  });
  return [
    '# Settings of sre-orch. A flag beats the environment, the environment beats this file.',
    '',
    ...rows,
    '# One set of settings for each cluster: the one that names the context in use, or has its name; or by --profile, or by `profile` above:',
    '# profiles:',
    '#   prod-eu:',
    '#     context: prod-eu',
    '#     namespace: shop',
    '',
  ].join('\n');
}
