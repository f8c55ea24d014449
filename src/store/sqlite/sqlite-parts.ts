import type { Owner } from '../owner.ts';
import { SqliteJobs } from './sqlite-jobs.ts';
import { SqliteOutbox } from './sqlite-outbox.ts';
import { SqliteRecords } from './sqlite-records.ts';
import type { SqliteRepository } from './sqlite-repository.ts';
import { SqliteRetention } from './sqlite-retention.ts';

/** All that a server keeps in one file. */
export interface SqliteParts {
  readonly incidents: SqliteRepository;
  readonly queue: SqliteJobs;
  readonly retention: SqliteRetention;
  readonly outbox: SqliteOutbox;
  readonly records: SqliteRecords;
}

/** The parts that go with an open repository, over its connection. */
export function sqliteParts(incidents: SqliteRepository, owner: Owner): SqliteParts {
  const { connection } = incidents;
  return {
    incidents,
    queue: new SqliteJobs(connection, owner),
    retention: new SqliteRetention(connection),
    outbox: new SqliteOutbox(connection),
    records: new SqliteRecords(connection),
  };
}
