type Environment = Readonly<Record<string, string | undefined>>;

/** Terminals by TERM_PROGRAM, with the first version that opens OSC 8 links. */
const PROGRAMS: Readonly<Record<string, readonly [number, number]>> = {
  'iTerm.app': [3, 1],
  WezTerm: [0, 0],
  vscode: [1, 72],
  ghostty: [0, 0],
  rio: [0, 0],
  // It hands them on to the terminal around it.
  tmux: [3, 4],
};
/** VTE 0.50.0 crashed on them. */
const FIRST_VTE = 5001;

/** Whether the terminal is known to open links (OSC 8). One that is not known may show them as garbage, so it gets none. */
export function opensLinks(env: Environment): boolean {
  const forced = env['FORCE_HYPERLINK'];
  if (forced !== undefined) return forced !== '' && forced !== '0';
  if (env['CI'] || env['TERM'] === 'dumb') return false;
  const program = env['TERM_PROGRAM'] ?? '';
  const first = Object.hasOwn(PROGRAMS, program) ? PROGRAMS[program] : undefined;
  if (first !== undefined) return isAtLeast(env['TERM_PROGRAM_VERSION'] ?? '', first);
  return (
    /^(?:xterm-kitty|xterm-ghostty|foot|foot-extra|alacritty|contour|wezterm)$/.test(env['TERM'] ?? '') ||
    env['WT_SESSION'] !== undefined ||
    env['KONSOLE_VERSION'] !== undefined ||
    env['DOMTERM'] !== undefined ||
    Number(env['VTE_VERSION'] ?? 0) >= FIRST_VTE
  );
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [own = 0, ownMinor = 0] = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  return own > major || (own === major && ownMinor >= minor);
}
