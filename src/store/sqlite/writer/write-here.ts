import { asCoded } from '../../../errors/coded-error.ts';
import { type SqliteParts, sqliteParts } from '../sqlite-parts.ts';
import { SqliteRepository } from '../sqlite-repository.ts';
import type { FromWriter, ToWriter, WriterData } from './messages.ts';

/** The thread's side: does one call after the other, as they come. Returns what is to be told; undefined where the file was closed. */
export function writeHere({ path, owner }: WriterData): (asked: ToWriter) => Promise<FromWriter | undefined> {
  let parts: SqliteParts | undefined;
  return async (asked) => {
    if (asked === undefined) {
      await parts?.incidents[Symbol.asyncDispose]();
      return undefined;
    }
    const { id, part, method, args } = asked;
    try {
      // A file that cannot be opened now is tried again with the next call.
      parts ??= sqliteParts(new SqliteRepository({ path, owner, now: new Date() }), owner);
      const of = parts[part] as unknown as Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>;
      return { id, value: await of[method]?.(...args) };
    } catch (error) {
      const { code, details } = asCoded(error);
      return { id, code, details };
    }
  };
}
