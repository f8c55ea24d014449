import type { Technology } from '../topology/knowledge/knowledge-graph.ts';

/** What clients write when a data store answers and will not serve: the words of the store itself, whatever host it has. */
const REFUSALS =
  /password authentication failed|access denied for user|is not allowed to connect to this (?:MySQL|MariaDB)|login failed for user ['"]|WRONGPASS|NOAUTH|AuthenticationError: Authentication required|no password supplied|role "[^"]+" (?:does not exist|is not permitted to log in)|no pg_hba\.conf entry for host|(?:FATAL|ERROR): +no such user: |password has expired\. To log in|Exception authenticating MongoCredential|ERR invalid password|AUTH <password> called without any password configured|username or password not allowed|no access to this vhost|access to vhost \S+ refused for user|nats: Authorization Violation|Provided username \S+ and\/or password are incorrect|invalid (?:username-password|credentials)|authentication failed|SCRAM|not authorized on \S+ to execute command|command \w+ requires authentication|\(AuthenticationFailed\)|SASL authentication step: Authentication failed|Authentication failed\.: generic server error|too many (?:clients|connections)|remaining connection slots|max_connections|max number of clients|(?:connection )?pool (?:is )?(?:exhausted|timeout|timed out)|QueuePool limit|HikariPool.*(?:not available|timed? ?out)|timeout (?:acquiring|waiting for|exceeded when trying to connect)|read-only transaction|read only replica|not ?(?:writable ?)?primary|--read-only option|--super-read-only|Connection is read-only\. Queries|MISCONF|command not allowed when used memory|CLUSTERDOWN|Redis is loading the dataset|LEADER_NOT_AVAILABLE|UNKNOWN_TOPIC|broker(?:s)? (?:may )?not (?:be )?available|No brokers available|all brokers (?:are )?down|NOT_ENOUGH_REPLICAS|ACCESS_REFUSED|blocked:? (?:by the broker|low on (?:memory|disk))|Could not find user "[^"]+" for db|NOPERM|could not (?:extend|write to) file .{1,80}No space left|The table .{1,60} is full|Error writing file .{1,60}Errcode: 28|flood[ -]stage (?:disk )?watermark/i;

export function storeRefuses(text: string): boolean {
  return REFUSALS.test(text);
}

/** What clients write when they get no connection to their store and do not say where it is: the address stands in their settings. */
const UNREACHED =
  /Communications link failure|Could not create connection to database server|(?:acquire|obtain|open) (?:a )?JDBC Connection|CannotGetJdbcConnection|Could not open (?:JPA EntityManager|Hibernate Session)|AmqpConnectException|AmqpIOException|AmqpTimeoutException|AMQPConnect\w*Error|Could not get a resource from the pool|SQLSTATE\[HY000\] \[2002\]|MySQL server has gone away|Lost connection to MySQL server/i;

export function storeUnreached(text: string): boolean {
  return UNREACHED.test(text);
}

/** The words of one sort of store, and the technologies of the knowledge graph that use them. */
export interface Dialect {
  readonly technologies: RegExp;
  readonly words: RegExp;
}

const DIALECTS: readonly Dialect[] = [
  {
    technologies: /postgres|cockroach/i,
    words:
      /postgres|psql|pg_|pgx|psycopg|SQLSTATE|password authentication failed for user|no password supplied|role "[^"]+" (?:does not exist|is not permitted to log in)|no pg_hba\.conf|(?:FATAL|ERROR): +no such user: |remaining connection slots|sorry, too many clients|read-only transaction|could not (?:extend|write to) file/i,
  },
  {
    technologies: /mysql|mariadb/i,
    words:
      /mysql|mariadb|access denied for user|password has expired\. To log in|Too many connections|--(?:super-)?read-only option|Communications link failure|The table .{1,60} is full|Errcode: 28|Connection is read-only\. Queries/i,
  },
  {
    technologies: /redis|valkey/i,
    words:
      /redis|valkey|jedis|lettuce|WRONGPASS|NOAUTH|AuthenticationError: Authentication required|MISCONF|NOPERM|ERR invalid password|AUTH <password>|command not allowed when used memory|CLUSTERDOWN|read only replica|max number of clients/i,
  },
  {
    technologies: /mongo/i,
    words:
      /mongo|SCRAM|Could not find user "[^"]+" for db|not ?(?:writable ?)?primary|not authorized on \S+ to execute command|command \w+ requires authentication|\(AuthenticationFailed\)|SASL authentication step: Authentication failed|Authentication failed\.: generic server error/i,
  },
  { technologies: /kafka/i, words: /kafka|SASL Authentication failed: Invalid|LEADER_NOT_AVAILABLE|UNKNOWN_TOPIC|broker|NOT_ENOUGH_REPLICAS/i },
  {
    technologies: /rabbit|activemq/i,
    words:
      /amqp|rabbit|ACCESS_REFUSED|username or password not allowed|no access to this vhost|access to vhost|blocked:? (?:by the broker|low on (?:memory|disk))/i,
  },
];

/** Pools and drivers that serve any SQL database. */
const ANY_SQL: Dialect = { technologies: /sql|mariadb|oracle|cockroach/i, words: /hikari|jdbc|QueuePool/i };

/** Whether words in a log may come from a store of this technology; where its dialect is not known, words that no other dialect has. */
export function speaksAs(technology: Technology, text: string): boolean {
  const dialect = DIALECTS.find(({ technologies }) => technologies.test(technology.name));
  return dialect === undefined ? !DIALECTS.some(({ words }) => words.test(text)) : dialect.words.test(text);
}

/** Whose words these are: MySQL's error stands inside the trace of a driver that SQLSTATE is no stranger to, so the last row wins. */
export function dialectOf(text: string): Dialect | undefined {
  return DIALECTS.findLast(({ words }) => words.test(text)) ?? (ANY_SQL.words.test(text) ? ANY_SQL : undefined);
}
