import { describe, expect, test } from 'vitest';
import { endpointsOf, mined } from './mined.ts';

const LINES: readonly (readonly [string, string, string])[] = [
  ['libpq', 'ERROR: connection to server at "db" (10.0.0.1), port 5432 failed: Connection refused', 'db:5432 refused'],
  [
    'libpq, older',
    'could not connect to server: Connection refused\tIs the server running on host "db" (10.0.0.1) and accepting TCP/IP connections on port 5432?',
    'db:5432 refused',
  ],
  ['libpq, name', 'psql: error: could not translate host name "orders-db" to address: Name or service not known', 'orders-db:- unresolvable'],
  ['libpq, password', 'connection to server at "db" (10.0.0.1), port 5432 failed: FATAL:  password authentication failed for user "app"', 'db:5432 auth'],
  [
    'the place in the source first',
    '[lua] login.lua:48: Login(): could not connect to users:9090 (connection refused), client: 10.0.0.1',
    'users:9090 refused',
  ],
  ['Go, address', '2026/03/01 11:00:00 connect: dial tcp 10.96.0.12:5432: connect: connection refused', '10.96.0.12:5432 refused'],
  [
    'Go, the name beside the address',
    'server selection error: server selection timeout, current topology: { Type: Single, Servers: [{ Addr: store:27017, Type: Unknown, Last error: dial tcp 10.96.0.12:27017: i/o timeout }] }',
    'store:27017 timeout',
  ],
  ['Go, another port beside the address', 'proxy store:9000: dial tcp 10.96.0.12:27017: connect: connection refused', '10.96.0.12:27017 refused'],
  ['Go, URL', 'Get "http://catalog:8080/items": dial tcp 10.96.0.12:8080: connect: connection refused', 'catalog:8080 refused'],
  ['Go, quoted URL', 'level=error msg="Get \\"http://catalog:8080/items\\": context deadline exceeded"', 'catalog:8080 timeout'],
  ['Go, name', 'dial tcp: lookup redis on 10.96.0.10:53: no such host', 'redis:- unresolvable'],
  ['Go, silent DNS', 'dial tcp: lookup redis.shop.svc on 10.96.0.10:53: read udp 10.1.1.1:4444->10.96.0.10:53: i/o timeout', 'redis.shop.svc:- unresolvable'],
  ['Go, reset', 'read tcp 10.244.0.9:51234->10.96.3.3:9092: read: connection reset by peer', '10.96.3.3:9092 reset'],
  [
    'Go, TLS',
    'Post "https://auth.shop.svc:8443/token": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    'auth.shop.svc:8443 tls',
  ],
  ['Java, JDBC', 'org.postgresql.util.PSQLException: Connection to db:5432 refused. Check that the hostname and port are correct', 'db:5432 refused'],
  [
    'Java, Apache',
    'HttpHostConnectException: Connect to pricing:8080 [pricing/10.0.0.3] failed: Connection refused (Connection refused)',
    'pricing:8080 refused',
  ],
  ['Java, Netty', 'io.netty.channel.AbstractChannel$AnnotatedConnectException: Connection refused: cache/10.96.1.1:6379', 'cache:6379 refused'],
  ['Java, Lettuce', 'RedisConnectionException: Unable to connect to cache/<unresolved>:6379', 'cache:6379 unavailable'],
  ['Java, name', 'Caused by: java.net.UnknownHostException: inventory: Name or service not known', 'inventory:- unresolvable'],
  [
    'Java, Mongo',
    'MongoTimeoutException: Timed out after 30000 ms. Client view {servers=[{address=mongo:27017, type=UNKNOWN, caused by {java.net.ConnectException: Connection refused}}]',
    'mongo:27017 refused',
  ],
  ['Kafka', 'WARN [Producer] Connection to node -1 (kafka/10.96.9.9:9092) could not be established. Broker may not be available.', 'kafka:9092 unavailable'],
  [
    'Python, requests',
    "HTTPConnectionPool(host='api', port=8080): Max retries exceeded with url: / (Caused by NewConnectionError('x: Failed to establish a new connection: [Errno 111] Connection refused'))",
    'api:8080 refused',
  ],
  ['Python, name', 'NameResolutionError("<conn>: Failed to resolve \'api\' ([Errno -2] Name or service not known)")', 'api:- unresolvable'],
  ['redis-py', 'redis.exceptions.ConnectionError: Error 111 connecting to cache:6379. Connection refused.', 'cache:6379 refused'],
  ['aiohttp', "Cannot connect to host api:8080 ssl:default [Connect call failed ('10.0.0.1', 8080)]", 'api:8080 refused'],
  ['asyncio', "ConnectionRefusedError: [Errno 111] Connect call failed ('10.0.0.1', 8080)", '10.0.0.1:8080 refused'],
  ['PyMySQL', "pymysql.err.OperationalError: (2003, \"Can't connect to MySQL server on 'db' ([Errno 111] Connection refused)\")", 'db:- refused'],
  ['PyMongo', 'ServerSelectionTimeoutError: mongo:27017: [Errno 111] Connection refused', 'mongo:27017 refused'],
  ['Celery', 'consumer: Cannot connect to amqp://guest:**@rabbit:5672//: [Errno 111] Connection refused.', 'rabbit:5672 refused'],
  ['Node', 'Error: connect ECONNREFUSED 10.96.4.1:6379', '10.96.4.1:6379 refused'],
  ['Node, IPv6', 'Error: connect ECONNREFUSED ::1:5432', '::1:5432 refused'],
  ['Node, name', 'Error: getaddrinfo EAI_AGAIN payments.shop.svc.cluster.local', 'payments.shop.svc.cluster.local:- unresolvable'],
  ['Node, fetch', 'FetchError: request to http://api:3000/x failed, reason: connect ECONNREFUSED 10.96.4.1:3000', '10.96.4.1:3000 refused'],
  ['.NET', 'System.Net.Http.HttpRequestException: Connection refused (catalog:8080)', 'catalog:8080 refused'],
  ['.NET, Redis', 'It was not possible to connect to the redis server(s). UnableToConnect on cache:6379/Interactive', 'cache:6379 unavailable'],
  [
    'gRPC, Go',
    'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 10.96.1.2:50051: connect: connection refused"',
    '10.96.1.2:50051 refused',
  ],
  [
    'gRPC, Python',
    'failed to connect to all addresses; last error: UNKNOWN: ipv4:10.96.1.2:50051: Failed to connect to remote host: Connection refused',
    '10.96.1.2:50051 refused',
  ],
  ['gRPC, name', 'DNS resolution failed for shipping:50051: C-ares status is not ARES_SUCCESS', 'shipping:50051 unresolvable'],
  ['curl', "curl: (7) Failed to connect to api port 8080 after 2 ms: Couldn't connect to server", 'api:8080 refused'],
  ['curl, name', 'curl: (6) Could not resolve host: api.shop.svc', 'api.shop.svc:- unresolvable'],
  ['wget', "wget: can't connect to remote host (10.96.7.7): Connection refused", '10.96.7.7:- refused'],
  ['wget, name', "wget: bad address 'api:8080'", 'api:8080 unresolvable'],
  ['nc', 'nc: db (10.96.5.5:5432): Connection refused', 'db:5432 refused'],
  [
    'nginx',
    '2026/03/01 11:00:00 [error] 29#29: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 10.244.0.1, server: _, request: "GET / HTTP/1.1", upstream: "http://10.96.6.6:8080/", host: "shop.example.com:80"',
    '10.96.6.6:8080 refused',
  ],
  ['nginx, name', 'nginx: [emerg] host not found in upstream "api" in /etc/nginx/conf.d/default.conf:5', 'api:- unresolvable'],
  ['Redis', 'Could not connect to Redis at cache:6379: Connection refused', 'cache:6379 refused'],
  ['MySQL', "ERROR 2003 (HY000): Can't connect to MySQL server on 'db:3306' (111)", 'db:3306 refused'],
  ['MySQL, name', "ERROR 2005 (HY000): Unknown MySQL server host 'db' (-2)", 'db:- unresolvable'],
  ['Ruby', 'Connection refused - connect(2) for "cache" port 6379 (Errno::ECONNREFUSED)', 'cache:6379 refused'],
  ['PHP', 'php_network_getaddresses: getaddrinfo for db failed: Name or service not known', 'db:- unresolvable'],
  [
    'Rust',
    'error sending request for url (http://api:8080/v1): error trying to connect: tcp connect error: Connection refused (os error 111)',
    'api:8080 refused',
  ],
  ['URL without a port', 'failed to reach https://hooks.example.com/x: context deadline exceeded', 'hooks.example.com:443 timeout'],
  ['URL of a registered name', 'I/O error on GET request for "http://orders/api/v1": connect timed out', 'orders:- timeout'],
  ['nginx, resolver', '[error] 31#31: *12 api could not be resolved (3: Host not found), client: 10.0.0.3, server: localhost', 'api:- unresolvable'],
  ['Spring Cloud', 'java.lang.IllegalStateException: No instances available for orders', 'orders:- unregistered'],
  ['Spring Cloud Gateway', '503 SERVICE_UNAVAILABLE "Unable to find instance for orders-api"', 'orders-api:- unregistered'],
  ['Spring Cloud LoadBalancer', 'Load balancer does not contain an instance for the service orders', 'orders:- unregistered'],
  ['Ribbon', 'Load balancer does not have available server for client: orders', 'orders:- unregistered'],
  ['JSON', '{"level":"error","msg":"cannot reach cart","error":"dial tcp 10.96.1.1:7070: i/o timeout"}', '10.96.1.1:7070 timeout'],
  ['no route', 'dial tcp 10.96.1.1:7070: connect: no route to host', '10.96.1.1:7070 unreachable'],
];

describe('the endpoint that a line names', () => {
  test.each(LINES)('%s', async (_, line, endpoint) => {
    expect(endpointsOf(await mined(line))).toEqual([endpoint]);
  });

  test.each([
    ['the setting of a timeout', 'INFO connecting to db:5432 with connect timeout 30s'],
    ['a client of this server', 'client timed out (110: Connection timed out) while waiting for request, client: 10.244.0.1, server: 0.0.0.0:80'],
    ['a place in the source', 'panic at main.go:42 after deadline exceeded'],
    ['a time of day', 'job timed out at 11:30:05'],
    ['an answer of this server', 'INFO "GET http://shop:8080/ HTTP/1.1" 503'],
    ['a link to read', 'Timeout performing GET, see this article on what can cause timeouts: https://help.example.com/Timeouts timed out'],
    ['success', 'INFO connected to db:5432'],
  ])('is none: %s', async (_, line) => {
    expect(endpointsOf(await mined(line))).toEqual([]);
  });
});

describe('an endpoint', () => {
  const refused = (at: string) => `${at} ERROR Error 111 connecting to cache:6379. Connection refused.`;

  test('is counted, and keeps its last line', async () => {
    const { endpoints } = await mined(`${refused('11:00')}\nINFO other\n${refused('11:01')}`);
    expect(endpoints).toMatchObject([{ host: 'cache', port: 6379, count: 2, lastLine: 3, recovered: false, example: refused('11:01') }]);
  });

  test.each([
    ['by its name', 'INFO connected to cache'],
    ['by what listens on its port', 'INFO Redis connection established'],
  ])('has recovered when a later line says so %s', async (_, line) => {
    expect((await mined(`${refused('11:00')}\n${line}`)).endpoints[0]?.recovered).toBe(true);
  });

  test.each(['INFO connected to other', 'INFO cache is not ready', 'INFO waiting until cache is ready'])('has not recovered: %s', async (line) => {
    expect((await mined(`${refused('11:00')}\n${line}`)).endpoints[0]?.recovered).toBe(false);
  });

  test.each([
    'WARN retry 1 of 3: connection refused cache:6379, succeeded on retry',
    'WARN Error 111 connecting to cache:6379. Connection refused. Retry succeeded',
    'WARN dial tcp cache:6379: connect: connection refused; ok after 2 attempts',
  ])('that was reached in the same breath is none: %s', async (line) => {
    expect((await mined(line)).endpoints).toEqual([]);
  });

  test('that fails again has not recovered', async () => {
    expect((await mined(`${refused('11:00')}\nINFO connected to cache\n${refused('11:02')}`)).endpoints[0]?.recovered).toBe(false);
  });

  test.each([
    ['turns the login away', 'ERROR connection to server at "db" (10.0.0.1), port 5432 failed: FATAL:  password authentication failed for user "app"'],
    ['answers a statement', 'ERROR cannot save: canceling statement due to lock timeout'],
    ['has no such table', 'psycopg2.errors.UndefinedTable: relation "orders" does not exist'],
  ])('was refused only until the store %s', async (_, line) => {
    const before = 'ERROR connection to server at "db" (10.0.0.1), port 5432 failed: Connection refused';
    const { endpoints } = await mined(`${before}\n${line}`);
    expect(endpoints.find(({ error }) => error === 'refused')?.recovered).toBe(true);
  });

  test('was refused only until TLS fails with it', async () => {
    const { endpoints } = await mined(
      'dial tcp pay:443: connect: connection refused\nGet "https://pay:443/": x509: certificate has expired or is not yet valid',
    );
    expect(endpoints).toMatchObject([
      { error: 'tls', recovered: false },
      { error: 'refused', recovered: true },
    ]);
  });

  test('is still refused when another store answers', async () => {
    const { endpoints } = await mined(`${refused('11:00')}\nERROR relation "orders" does not exist`);
    expect(endpoints).toMatchObject([{ error: 'refused', recovered: false }]);
  });

  test('of a thousand only fifty are kept', async () => {
    const log = Array.from({ length: 1_000 }, (_, index) => `dial tcp 10.0.${index >> 8}.${index & 255}:80: connect: connection refused`).join('\n');
    expect((await mined(log)).endpoints).toHaveLength(50);
  });
});
