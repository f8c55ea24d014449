import type { Client } from 'pg';

/** One statement group a version, as for SQLite. Never edited once released: append; what an older server does not know must not disturb it. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE incidents (
     incident_id text COLLATE "C" PRIMARY KEY,
     n bigint GENERATED ALWAYS AS IDENTITY,
     description text NOT NULL,
     status text NOT NULL,
     created_at timestamptz NOT NULL,
     completed_at timestamptz,
     namespaces text[] NOT NULL DEFAULT '{}',
     verdict text,
     cause_id text,
     title text,
     object text,
     confidence_score text,
     error_message text,
     report text,
     owner text,
     lease_until timestamptz,
     attempts integer NOT NULL DEFAULT 0,
     cancel_asked boolean NOT NULL DEFAULT false,
     request text,
     source text,
     context text,
     idempotency_key text UNIQUE
   );
   CREATE INDEX incidents_by_time ON incidents (created_at DESC, n DESC);
   CREATE INDEX incidents_waiting ON incidents (n) WHERE status = 'pending';
   CREATE INDEX incidents_under_way ON incidents (lease_until) WHERE status = 'investigating';
   CREATE TABLE events (
     incident_id text COLLATE "C" NOT NULL REFERENCES incidents ON DELETE CASCADE,
     seq integer NOT NULL,
     event text NOT NULL,
     PRIMARY KEY (incident_id, seq)
   );
   CREATE TABLE vectors (
     model text NOT NULL,
     key text NOT NULL,
     vector bytea NOT NULL,
     PRIMARY KEY (model, key)
   );
   CREATE TABLE api_keys (
     key_id text PRIMARY KEY,
     name text NOT NULL,
     hash text NOT NULL,
     role text NOT NULL,
     namespaces text[],
     created_at timestamptz NOT NULL,
     revoked_at timestamptz
   );`,
  // What stands beside incidents; it may come a moment before its incident, and goes with it.
  `CREATE TABLE records (
     kind text NOT NULL,
     key text NOT NULL,
     incident_id text COLLATE "C" NOT NULL,
     at timestamptz NOT NULL,
     value text NOT NULL,
     PRIMARY KEY (kind, key)
   );
   CREATE INDEX records_by_incident ON records (incident_id);
   CREATE INDEX records_by_time ON records (kind, at);
   CREATE FUNCTION records_go() RETURNS trigger LANGUAGE plpgsql AS
     'BEGIN DELETE FROM records WHERE incident_id = OLD.incident_id; RETURN NULL; END';
   CREATE TRIGGER records_go AFTER DELETE ON incidents FOR EACH ROW EXECUTE FUNCTION records_go();`,
  `CREATE TABLE deliveries (
     incident_id text COLLATE "C" NOT NULL REFERENCES incidents ON DELETE CASCADE,
     target text NOT NULL,
     attempts integer NOT NULL DEFAULT 0,
     due_at timestamptz,
     PRIMARY KEY (incident_id, target)
   );
   CREATE INDEX deliveries_due ON deliveries (due_at) WHERE due_at IS NOT NULL;`,
  'ALTER TABLE incidents ADD COLUMN correlation_id text, ADD COLUMN traceparent text, ADD COLUMN tracestate text;',
  // While they are told, and a minute longer.
  `CREATE UNLOGGED TABLE answers (
     answer_id text PRIMARY KEY,
     asker text,
     is_whole boolean NOT NULL DEFAULT false,
     told_until timestamptz NOT NULL,
     read_at timestamptz
   );
   CREATE UNLOGGED TABLE answer_messages (
     answer_id text NOT NULL REFERENCES answers ON DELETE CASCADE,
     seq integer NOT NULL,
     message text NOT NULL,
     PRIMARY KEY (answer_id, seq)
   );`,
];

/** Any number, the same for all that migrate one database. */
const LOCK = 7_713_640_211;

/** Brings the schema up to date in one transaction; replicas that start together migrate once, the others wait for it. */
export async function migrate(client: Pick<Client, 'query'>): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
    await client.query('CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)');
    const { rows } = await client.query<{ version: number }>('SELECT max(version) AS version FROM schema_version');
    const from = rows[0]?.version ?? 0;
    for (const statements of MIGRATIONS.slice(from)) await client.query(statements);
    if (from < MIGRATIONS.length) await client.query('INSERT INTO schema_version VALUES ($1)', [MIGRATIONS.length]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
