import type { DatabaseSync } from 'node:sqlite';

/** One statement group a version; the database keeps in user_version how far it is. Never edited once released: append. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE incidents (
     incident_id TEXT PRIMARY KEY,
     description TEXT NOT NULL,
     status TEXT NOT NULL,
     created_at TEXT NOT NULL,
     completed_at TEXT,
     namespaces TEXT NOT NULL DEFAULT '[]',
     verdict TEXT,
     cause_id TEXT,
     title TEXT,
     object TEXT,
     confidence_score TEXT,
     error_message TEXT,
     owner TEXT,
     report TEXT
   ) STRICT;
   CREATE INDEX incidents_by_time ON incidents (created_at DESC);
   CREATE TABLE events (
     incident_id TEXT NOT NULL REFERENCES incidents ON DELETE CASCADE,
     seq INTEGER NOT NULL,
     event TEXT NOT NULL,
     PRIMARY KEY (incident_id, seq)
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE vectors (
     model TEXT NOT NULL,
     key TEXT NOT NULL,
     vector BLOB NOT NULL,
     PRIMARY KEY (model, key)
   ) STRICT, WITHOUT ROWID;`,
  // What a server was asked to investigate, and who may ask it.
  `ALTER TABLE incidents ADD COLUMN request TEXT;
   ALTER TABLE incidents ADD COLUMN source TEXT;
   ALTER TABLE incidents ADD COLUMN context TEXT;
   ALTER TABLE incidents ADD COLUMN idempotency_key TEXT;
   ALTER TABLE incidents ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
   CREATE UNIQUE INDEX incidents_by_idempotency_key ON incidents (idempotency_key) WHERE idempotency_key IS NOT NULL;
   CREATE INDEX incidents_under_way ON incidents (status) WHERE status IN ('pending', 'investigating');
   CREATE TABLE api_keys (
     key_id TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     hash TEXT NOT NULL,
     role TEXT NOT NULL,
     namespaces TEXT,
     created_at TEXT NOT NULL,
     revoked_at TEXT
   ) STRICT;`,
  'ALTER TABLE incidents ADD COLUMN cancel_asked INTEGER NOT NULL DEFAULT 0;',
  // What stands beside incidents; it may come a moment before its incident, and goes with it.
  `CREATE TABLE records (
     kind TEXT NOT NULL,
     key TEXT NOT NULL,
     incident_id TEXT NOT NULL,
     at TEXT NOT NULL,
     value TEXT NOT NULL,
     PRIMARY KEY (kind, key)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX records_by_incident ON records (incident_id);
   CREATE INDEX records_by_time ON records (kind, at);
   CREATE TRIGGER records_go AFTER DELETE ON incidents BEGIN DELETE FROM records WHERE incident_id = OLD.incident_id; END;`,
  // What is still to be told of incidents that ended; due_at NULL: it was told, or given up.
  `CREATE TABLE deliveries (
     incident_id TEXT NOT NULL REFERENCES incidents ON DELETE CASCADE,
     target TEXT NOT NULL,
     attempts INTEGER NOT NULL DEFAULT 0,
     due_at TEXT,
     PRIMARY KEY (incident_id, target)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX deliveries_due ON deliveries (due_at) WHERE due_at IS NOT NULL;`,
  `ALTER TABLE incidents ADD COLUMN correlation_id TEXT;
   ALTER TABLE incidents ADD COLUMN traceparent TEXT;
   ALTER TABLE incidents ADD COLUMN tracestate TEXT;`,
  // SQLite uses a partial index only where a query says the very words of its condition: the one of two states was never used.
  `DROP INDEX incidents_under_way;
   CREATE INDEX incidents_by_status ON incidents (status, created_at);`,
];

/** Brings the schema up to date in one transaction; two processes that start together migrate once. */
export function migrate(database: DatabaseSync): void {
  if (schemaVersion(database) >= MIGRATIONS.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (let version = schemaVersion(database); version < MIGRATIONS.length; version += 1) {
      database.exec(MIGRATIONS[version] ?? '');
      database.exec(`PRAGMA user_version = ${version + 1}`);
    }
    database.exec('COMMIT');
  } catch (error) {
    // A full disk has ended the transaction already (https://sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction).
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function schemaVersion(database: DatabaseSync): number {
  const row = database.prepare('PRAGMA user_version').get();
  return Number(row?.['user_version'] ?? 0);
}
