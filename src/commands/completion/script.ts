import { coded } from '../../errors/coded-error.ts';
import type { Command } from '../command.ts';
import { type CompletionPlace, completionPlaces } from './words.ts';

const SHELLS: Readonly<Record<string, (places: readonly CompletionPlace[]) => string>> = { bash, zsh, fish };

/** The completion script of a shell. Throws SETTINGS_INVALID for one that is not known. */
export function completionScript(shell: string, commands: readonly Command[]): string {
  const render = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (render === undefined)
    throw coded('SETTINGS_INVALID', { problems: [`there is no completion for ${JSON.stringify(shell)}; it can be ${Object.keys(SHELLS).join(', ')}`] });
  return render(completionPlaces(commands));
}

function bash(places: readonly CompletionPlace[]): string {
  const cases = places.map(({ path, words }) => `    ${JSON.stringify(path)}) words=${JSON.stringify(words.map(({ word }) => word).join(' '))} ;;`);
  const known = places
    .filter(({ path }) => path !== '')
    .map(({ path }) => JSON.stringify(path))
    .join(' | ');
  return `# sre-orch completion for bash
_sre_orch() {
  local current=\${COMP_WORDS[COMP_CWORD]} path="" words="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in ${known}) path="\${path:+$path }$word" ;; esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  if [ -z "$words" ] || { [[ "$current" != -* ]] && [ -n "$current" ] && [ -z "$(compgen -W "$words" -- "$current")" ]; }; then
    COMPREPLY=($(compgen -f -- "$current"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
}
complete -o filenames -F _sre_orch sre-orch
`;
}

function zsh(places: readonly CompletionPlace[]): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "'\\''").replaceAll(':', '\\:')}'`;
  const described = ({ word, help }: { word: string; help: string }): string => `${quote(word).slice(0, -1)}:${quote(help).slice(1)}`;
  const cases = places.map(({ path, words }) => `    ${quote(path)}) choices=(${words.map(described).join(' ')}) ;;`);
  return `#compdef sre-orch
# sre-orch completion for zsh
_sre_orch() {
  local -a choices typed
  typed=(\${\${words[2,CURRENT-1]}:#-*})
  case "\${(j: :)typed}" in
${cases.join('\n')}
  esac
  _describe 'sre-orch' choices || _files
}
compdef _sre_orch sre-orch
`;
}

function fish(places: readonly CompletionPlace[]): string {
  const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = places.flatMap(({ path, words }) => {
    const names = path.split(' ').filter((name) => name !== '');
    const condition = names.length === 0 ? '__fish_use_subcommand' : names.map((name) => `__fish_seen_subcommand_from ${name}`).join('; and ');
    return words.map(
      ({ word, help }) =>
        `complete -c sre-orch -n ${quote(condition)} ${word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${quote(word)}`} -d ${quote(help)}`,
    );
  });
  return `# sre-orch completion for fish\n${lines.join('\n')}\n`;
}
