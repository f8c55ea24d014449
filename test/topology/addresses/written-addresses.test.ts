import { describe, expect, test } from 'vitest';
import { addressesInCommand, addressesInFile, addressesInSetting } from '../../../src/topology/addresses/written-addresses.ts';

const text = ({ scheme, host, port }: { scheme: string | null; host: string; port: number | null }): string =>
  `${scheme === null ? '' : `${scheme}://`}${host}${port === null ? '' : `:${port}`}`;
const setting = (name: string, value: string): string[] => addressesInSetting(name, value).map(text);
const command = (line: string): string[] => addressesInCommand(line).map(text);

describe('a setting', () => {
  test.each([
    ['REDIS_ADDR', 'redis:6379', ['redis:6379']],
    ['ANYTHING', 'redis:6379', ['redis:6379']],
    ['DATABASE_URL', 'postgres://user:p%40ss@db.data.svc.cluster.local:5432/orders?sslmode=disable', ['postgres://db.data.svc.cluster.local:5432']],
    ['DATABASE_URL', 'postgres://user:p@ss@db:5432/orders', ['postgres://db:5432']],
    ['MONGO', 'mongodb://u:p@m-0.m:27017,m-1.m:27017/app?replicaSet=rs0', ['mongodb://m-0.m:27017', 'mongodb://m-1.m:27017']],
    ['SPRING_DATASOURCE_URL', 'jdbc:postgresql://pg:5432/app', ['postgresql://pg:5432']],
    ['JDBC', 'jdbc:sqlserver://mssql:1433;databaseName=app', ['sqlserver://mssql:1433']],
    ['JDBC', 'jdbc:oracle:thin:@ora:1521:xe', ['oracle://ora:1521']],
    ['DSN', 'shop:secret@tcp(mysql:3306)/shop?parseTime=true', ['mysql://mysql:3306']],
    ['PG', 'host=pg port=5432 user=app dbname=orders', ['pg:5432']],
    ['CONNECTION', 'Server=tcp:mssql,1433;Database=app;User Id=sa', ['mssql:1433']],
    ['KAFKA_BROKERS', 'kafka-0:9092,kafka-1:9092', ['kafka-0:9092', 'kafka-1:9092']],
    ['DB_HOST', 'postgres', ['postgres']],
    ['DB_HOST', '192.0.2.7', ['192.0.2.7']],
    ['redis.server', 'redis.shop', ['redis.shop']],
    ['UPSTREAM', 'http://[fd00::1]:8080/', ['http://fd00::1:8080']],
    ['NOTE', 'ask orders.shop.svc for help', ['orders.shop.svc']],
  ])('%s=%s', (name, value, expected) => {
    expect(setting(name, value)).toEqual(expected);
  });

  test.each([
    ['CACHE_TYPE', 'redis'],
    ['PORT', '8080'],
    ['START', '12:30'],
    ['LISTEN_ADDR', '0.0.0.0:8080'],
    ['HTTP_BIND', 'web:8080'],
    ['IMAGE', 'redis:7'],
    ['LOG_LEVEL', 'info'],
    ['HOSTS_ALLOWED', 'a b c'],
    ['BIG_HOST', `x${'y'.repeat(70_000)}`],
    ['DB_HOST', 'redis:99999'],
  ])('%s=%s names nothing to call', (name, value) => {
    expect(setting(name, value)).toEqual([]);
  });
});

describe('a command line', () => {
  test.each([
    ['until nc -z -w 2 postgres 5432; do sleep 1; done', ['postgres:5432']],
    ['wget -qO- http://catalog:8080/health', ['http://catalog:8080']],
    ['until nslookup redis.shop.svc.cluster.local; do sleep 2; done', ['redis.shop.svc.cluster.local']],
    ['pg_isready -h orders-db -p 5433', ['orders-db:5433']],
    ['redis-cli -h cache ping', ['cache']],
    ['exec 3<>/dev/tcp/queue/5672', ['queue:5672']],
    ['./wait-for-it.sh db:3306 -- npm start', ['db:3306']],
    ['getent hosts search && exec app', ['search']],
  ])('%s', (line, expected) => {
    expect(command(line)).toEqual(expected);
  });

  test.each(['sleep 3600', 'nc -lk -p 9000 -e /bin/cat', 'exit 1', 'date +%H:%M:%S', `echo ${'x'.repeat(70_000)}`])('%s calls nobody', (line) => {
    expect(command(line)).toEqual([]);
  });
});

test('a file gives URLs for sure, and lines that look like hosts as guesses', () => {
  const file = [
    'server.port=8080',
    'spring.redis.host=redis',
    'search:',
    '  endpoint: "search:9200"',
    'bank: https://api.bank.example/v1',
    'listen_address: 0.0.0.0',
    'time: 12:30',
    'upstream checkout:8080',
  ].join('\n');
  const { sure, likely } = addressesInFile(file);
  expect(sure.map(text)).toEqual(['https://api.bank.example']);
  expect(likely.map(text)).toEqual(['redis', 'search:9200', 'checkout:8080']);
  expect(addressesInFile('x'.repeat(70_000))).toEqual({ sure: [], likely: [] });
});
