import type { Dump } from './dump.ts';

/** The same incident, asked otherwise. */
export function asked(query: string): (dump: Dump) => Dump {
  return (dump) => ({ ...dump, recorded: { ...dump.recorded, query } });
}
