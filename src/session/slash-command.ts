import type { Conversation } from './conversation.ts';
import type { Said } from './said.ts';

/** What Tab offers behind a command. */
export type Completes = 'commands' | 'objects' | 'namespaces' | 'contexts' | 'incidents' | 'evidence' | 'rules' | 'formats' | 'sights';

/** A line that begins with a slash. */
export interface SlashCommand {
  readonly name: string;
  /** Half a line. */
  readonly summary: string;
  /** What it does with what stands behind its name. */
  readonly more?: string;
  /** `[object] [--previous]` */
  readonly usage?: string;
  readonly completes?: Completes;
  run(rest: string, conversation: Conversation, signal: AbortSignal): AsyncIterable<Said>;
}
