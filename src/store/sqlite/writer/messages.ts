import type { Owner } from '../../owner.ts';
import type { SqliteParts } from '../sqlite-parts.ts';

export type PartName = keyof SqliteParts;

/** What the thread is started with. */
export interface WriterData {
  readonly path: string;
  readonly owner: Owner;
}

/** undefined: nothing more comes, and the file is to be closed. */
export type ToWriter = { readonly id: number; readonly part: PartName; readonly method: string; readonly args: readonly unknown[] } | undefined;

export type FromWriter = { readonly id: number } & ({ readonly value: unknown } | { readonly code: string; readonly details: object });
