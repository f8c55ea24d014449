import { coded } from '../../errors/coded-error.ts';

/** The shells that are known, with the script of each: it asks the program, so that it never is out of date. */
const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `# sre-orch completion for bash
_sre_orch() {
  local line="\${COMP_LINE:0:COMP_POINT}" current="" directive=4 word value prefix
  local -a typed
  # COMP_WORDS is cut at colons and equal signs, too.
  read -ra typed <<<"$line"
  if [[ "$line" != *[[:space:]] ]]; then
    current="\${typed[\${#typed[@]}-1]}"
    unset "typed[\${#typed[@]}-1]"
  fi
  value="$current"
  [[ "$current" == -*=* ]] && value="\${current#*=}"
  # Readline puts in only what stands behind the last of the signs at which it cuts.
  prefix=""
  [[ "$COMP_WORDBREAKS" == *:* ]] && prefix="\${value%"\${value##*:}"}"
  COMPREPLY=()
  while IFS=$'\\t' read -r word _; do
    case "$word" in
      :[0-9]*) directive="\${word#:}" ;;
      "$value"*) printf -v word '%q' "\${word#"$prefix"}" && COMPREPLY+=("$word") ;;
    esac
  done < <(sre-orch __complete "\${typed[@]:1}" "$current" 2>/dev/null)
  local IFS=$'\\n'
  if [ "$directive" = 0 ]; then compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$value")); fi
  if [ "$directive" = 16 ]; then compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$value")); fi
}
complete -F _sre_orch sre-orch
`,
  zsh: `#compdef sre-orch
# sre-orch completion for zsh
_sre-orch() {
  local current="\${(Q)words[CURRENT]}" directive=4 line word
  local -a candidates
  for line in "\${(@f)$(sre-orch __complete "\${(@Q)words[2,CURRENT-1]}" "$current" 2>/dev/null)}"; do
    if [[ "$line" == :<-> ]]; then
      directive="\${line#:}"
    elif [[ -n "$line" ]]; then
      word="\${line%%$'\\t'*}"
      candidates+=("\${word//:/\\\\:}\${\${line#"$word"}/$'\\t'/:}")
    fi
  done
  [[ "$current" == -*=* ]] && compset -P '*='
  case "$directive" in
    0) _files ;;
    16) _files -/ ;;
    *) _describe -V 'sre-orch' candidates ;;
  esac
}
if [ "$funcstack[1]" = "_sre-orch" ]; then _sre-orch "$@"; else compdef _sre-orch sre-orch; fi
`,
  fish: `# sre-orch completion for fish
function __sre_orch_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l prefix (string match -r -- '^-[^=]*=' $current)
    for line in (sre-orch __complete $typed[2..-1] "$current" 2>/dev/null)
        switch $line
            case ':0'
                __fish_complete_path (string replace -- "$prefix" '' "$current")
            case ':16'
                __fish_complete_directories (string replace -- "$prefix" '' "$current")
            case ':*'
            case '*'
                printf '%s\\n' "$prefix$line"
        end
    end
end
complete -c sre-orch -f -a '(__sre_orch_complete)'
`,
};

export const SHELLS = Object.keys(SCRIPTS);

/** The completion script of a shell. Throws SETTINGS_INVALID for one that is not known. */
export function completionScript(shell: string): string {
  const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
  if (script === undefined)
    throw coded('SETTINGS_INVALID', { problems: [`there is no completion for ${JSON.stringify(shell)}; it can be ${SHELLS.join(', ')}`] });
  return script;
}
