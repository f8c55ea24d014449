import { sql } from 'kysely';
import type { SharedAnswers, ToldPart } from '../shared-answers.ts';
import { notify } from './channel.ts';
import type { PostgresDatabase } from './postgres-database.ts';

/** Who tells an answer says so every few seconds; who reads one looks as often. */
const LEASE = sql`interval '15 seconds'`;
const LISTENING = sql`interval '15 seconds'`;
const KEPT = sql`interval '60 seconds'`;

/** What nobody tells any more, and nobody comes back for. */
export const OLD_ANSWERS = sql`DELETE FROM answers WHERE told_until < now() - ${KEPT}`;

/** Answers beside the incidents, in tables that are not logged: after a crash of the database none is worth going on with. */
export class PostgresAnswers implements SharedAnswers {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async begin(answerId: string, asker: string | undefined): Promise<void> {
    await this.#database.ask(async (db) => {
      await OLD_ANSWERS.execute(db);
      await sql`INSERT INTO answers (answer_id, asker, told_until) VALUES (${answerId}, ${asker ?? null}, now() + ${LEASE})`.execute(db);
    });
  }

  async add(answerId: string, messages: readonly string[], isEnd: boolean): Promise<void> {
    await this.#database.ask((db) =>
      sql`WITH last AS (SELECT coalesce(max(seq), 0) AS seq FROM answer_messages WHERE answer_id = ${answerId}),
            added AS (INSERT INTO answer_messages (answer_id, seq, message)
              SELECT ${answerId}, last.seq + each.n, each.message FROM last, unnest(${[...messages]}::text[]) WITH ORDINALITY AS each (message, n)),
            told AS (UPDATE answers SET is_whole = ${isEnd}, told_until = now() + ${LEASE} WHERE answer_id = ${answerId})
          ${notify({ type: 'answer', answerId })}`.execute(db),
    );
  }

  async read(answerId: string, asker: string | undefined, after: number): Promise<ToldPart | undefined> {
    return this.#database.ask(async (db) => {
      const answers = await sql<{ isEnd: boolean; isTold: boolean }>`UPDATE answers SET read_at = now()
          WHERE answer_id = ${answerId} AND asker IS NOT DISTINCT FROM ${asker ?? null}
          RETURNING is_whole AS "isEnd", told_until > now() AS "isTold"`.execute(db);
      const [answer] = answers.rows;
      if (answer === undefined) return undefined;
      // Read after it was seen whether it is whole: then nothing of it is missing.
      const { rows } = await sql<{ message: string }>`SELECT message FROM answer_messages
          WHERE answer_id = ${answerId} AND seq > ${after} ORDER BY seq`.execute(db);
      return { ...answer, messages: rows.map(({ message }) => message) };
    });
  }

  async beat(answerIds: readonly string[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.#database.ask((db) =>
      sql<{ id: string; isHeard: boolean | null }>`UPDATE answers SET told_until = now() + ${LEASE}
          WHERE answer_id = ANY (${[...answerIds]}::text[]) AND NOT is_whole
          RETURNING answer_id AS id, read_at > now() - ${LISTENING} AS "isHeard"`.execute(db),
    );
    return new Set(rows.flatMap(({ id, isHeard }) => (isHeard ? [id] : [])));
  }
}
