import type { Technology } from '../topology/knowledge/knowledge-graph.ts';

/** What clients write when a data store answers and will not serve: the words of the store itself, whatever host it has. */
const REFUSALS =
  /password authentication failed|access denied for user|login failed for user|WRONGPASS|NOAUTH|AuthenticationError: Authentication required|no password supplied|invalid (?:username-password|credentials)|authentication failed|SCRAM|too many (?:clients|connections)|remaining connection slots|max_connections|max number of clients|(?:connection )?pool (?:is )?(?:exhausted|timeout|timed out)|QueuePool limit|HikariPool.*(?:not available|timed? ?out)|timeout (?:acquiring|waiting for|exceeded when trying to connect)|read-only transaction|read only replica|not ?(?:writable ?)?primary|--read-only option|--super-read-only|MISCONF|command not allowed when used memory|CLUSTERDOWN|Redis is loading the dataset|LEADER_NOT_AVAILABLE|UNKNOWN_TOPIC|broker(?:s)? (?:may )?not (?:be )?available|No brokers available|all brokers (?:are )?down|NOT_ENOUGH_REPLICAS|ACCESS_REFUSED/i;

export function storeRefuses(text: string): boolean {
  return REFUSALS.test(text);
}

/** Whose words they are, by the name of the technology in the knowledge graph. */
const DIALECTS: readonly (readonly [technology: RegExp, words: RegExp])[] = [
  [
    /postgres|cockroach/i,
    /postgres|psql|pg_|pgx|psycopg|SQLSTATE|password authentication failed for user|no password supplied|remaining connection slots|sorry, too many clients|read-only transaction/i,
  ],
  [/mysql|mariadb/i, /mysql|mariadb|access denied for user|Too many connections|--(?:super-)?read-only option/i],
  [/redis|valkey/i, /redis|valkey|WRONGPASS|NOAUTH|MISCONF|command not allowed when used memory|CLUSTERDOWN|read only replica|max number of clients/i],
  [/mongo/i, /mongo|SCRAM|not ?(?:writable ?)?primary/i],
  [/kafka/i, /kafka|LEADER_NOT_AVAILABLE|UNKNOWN_TOPIC|broker|NOT_ENOUGH_REPLICAS/i],
  [/rabbit|activemq/i, /amqp|rabbit|ACCESS_REFUSED/i],
];

/** Whether words in a log may come from a store of this technology; true where its dialect is not known. */
export function speaksAs(technology: Technology, text: string): boolean {
  const dialect = DIALECTS.find(([name]) => name.test(technology.name));
  return dialect === undefined || dialect[1].test(text);
}
