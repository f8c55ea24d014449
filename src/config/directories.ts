import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** $XDG_DATA_HOME/sre-orch, else ~/.local/share/sre-orch; undefined where there is no home (XDG Base Directory Specification). */
export function dataDirectory(env: Environment): string | undefined {
  return xdg(env, 'XDG_DATA_HOME', '.local/share');
}

/** $XDG_CONFIG_HOME/sre-orch, else ~/.config/sre-orch. */
export function configDirectory(env: Environment): string | undefined {
  return xdg(env, 'XDG_CONFIG_HOME', '.config');
}

function xdg(env: Environment, variable: string, fallback: string): string | undefined {
  // A relative path must be ignored, says the specification.
  const given = env[variable];
  if (given?.startsWith('/')) return join(given, 'sre-orch');
  return env['HOME'] ? join(env['HOME'], fallback, 'sre-orch') : undefined;
}
