import type { ColorDepth } from '../report/paint.ts';
import type { Conversation } from './conversation.ts';
import type { Notices } from './notices.ts';

/** Lines that were said, over all sessions. */
export interface SpokenLines {
  /** The oldest first. */
  readonly entries: readonly string[];
  add(line: string): void;
}

export interface ChatStart {
  readonly conversation: Conversation;
  readonly history: SpokenLines;
  /** Said before the person says anything. */
  readonly first: string | undefined;
  readonly notices: Notices;
  /** Puts addresses back that a model saw as placeholders; for the person's own screen. */
  readonly restore: (text: string) => string;
}

/** A session on a terminal. */
export interface ChatScreenOptions extends ChatStart {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly color: ColorDepth;
  readonly unicode: boolean;
  /** Aborted when the process is asked to end. */
  readonly ending: AbortSignal;
}
