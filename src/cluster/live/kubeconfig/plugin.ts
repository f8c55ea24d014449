import type { CodedError } from '../../../errors/coded-error.ts';
import { coded } from '../../../errors/coded-error.ts';
import type { Headers } from './access.ts';

/** What an exec plugin or an auth provider answers. */
export interface PluginAnswer {
  readonly headers: Headers;
  readonly cert?: string;
  readonly key?: string;
}

/** Asks for credentials; what was answered is kept until it expires. */
export type Plugin = () => Promise<PluginAnswer>;

const LONGEST_REASON = 200;

/** A plugin's failure, without anything that it printed to its standard output: that may be a token. */
export function pluginError(user: string, error: unknown, hint?: string): CodedError {
  const { code, message = '' } = error as { code?: string; message?: string };
  const said = message.trim().split('\n')[0] ?? '';
  const reason =
    code === 'ENOENT'
      ? `the command of its exec plugin is not installed (${message})${hint ? `; ${hint.trim()}` : ''}`
      : code === 'ABORT_ERR'
        ? 'its plugin gave no answer in time'
        : error instanceof SyntaxError || error instanceof TypeError
          ? 'what its plugin answered are no credentials'
          : said.slice(0, LONGEST_REASON) || 'its plugin failed without a word';
  return coded('CREDENTIALS_UNAVAILABLE', { user, reason }, { cause: error });
}
