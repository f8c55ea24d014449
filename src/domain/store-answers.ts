interface Answers {
  readonly ports: readonly number[];
  readonly words: RegExp;
}

/** What only a store that was reached can say: its verdicts on logins, statements and names, as clients quote them. */
const ANSWERS: readonly Answers[] = [
  {
    ports: [5432, 6432, 5433, 26257],
    words:
      /canceling statement due to|(?:relation|column|database|role|schema|function|table) "[^"]+"[^\n]* does not exist|deadlock detected|duplicate key value|violates \S+(?: \S+)? constraint|permission denied for (?:table|schema|relation|database|sequence)|password authentication failed|no pg_hba\.conf entry|remaining connection slots|too many clients already|read-only transaction|could not (?:serialize access|extend file)|syntax error at or near|psycopg2?\.errors\.\w+|SQLSTATE[ =:[]*(?!08)[0-9A-Z]{5}/i,
  },
  {
    ports: [3306, 33060],
    words:
      /access denied for user|is not allowed to connect to this (?:MySQL|MariaDB) server|unknown database|table '[^']+' doesn't exist|unknown column|lock wait timeout exceeded|deadlock found|too many connections|duplicate entry|You have an error in your SQL syntax|--(?:super-)?read-only option/i,
  },
  {
    ports: [6379, 6380, 26379],
    words:
      /WRONGTYPE|NOAUTH|WRONGPASS|NOPERM|READONLY|read only replica|OOM command|command not allowed when used memory|MISCONF|CLUSTERDOWN|BUSYKEY|Redis is loading the dataset|AuthenticationError: Authentication required|^\S* ?Authentication required\.?$|max number of clients/i,
  },
  {
    ports: [27017, 27018],
    words: /not ?(?:writable ?)?primary|E11000|MongoServerError|Authentication failed|not authorized on|command \w+ requires authentication/i,
  },
  { ports: [5672, 5671], words: /ACCESS_REFUSED|NOT_FOUND - no (?:queue|exchange|vhost)|PRECONDITION_FAILED|RESOURCE_LOCKED/i },
];

/** Whether a line quotes a store that listens on this port; null: on any. Then the connection to it works, whatever was said before. */
export function quotesStore(text: string, port: number | null): boolean {
  return ANSWERS.some(({ ports, words }) => (port === null || ports.includes(port)) && words.test(text));
}
