import { describe, expect, test } from 'vitest';
import type { LogExcerpt } from '../../../src/domain/log-excerpt.ts';
import { mined } from './mined.ts';

const STARTED = Date.parse('2026-03-01T10:00:00Z');

/** As `kubectl logs --timestamps` shows it, a line a second. */
function stamped(log: string): string {
  const time = (index: number): string => new Date(STARTED + (index + 1) * 1_000).toISOString().replace('Z', '123456Z');
  return log
    .replace(/\n$/, '')
    .split('\n')
    .map((line, index) => `${time(index)} ${line}`)
    .join('\n');
}

interface Sample {
  readonly name: string;
  readonly log: string;
  readonly language: string;
  readonly cause: string;
  /** First and last line of the block. */
  readonly lines?: readonly [number, number];
  readonly holds?: string;
}

const SAMPLES: readonly Sample[] = [
  {
    name: 'Java: the innermost Caused by, not one of a suppressed exception',
    language: 'java',
    lines: [2, 14],
    cause: 'java.net.ConnectException: Connection refused',
    log: `2026-03-01 11:59:01.120  INFO 1 --- [           main] c.e.OrderApplication : Starting OrderApplication
2026-03-01 11:59:04.511 ERROR 1 --- [           main] o.s.boot.SpringApplication : Application run failed

org.springframework.beans.factory.BeanCreationException: Error creating bean with name 'entityManagerFactory'
	at org.springframework.beans.factory.support.AbstractAutowireCapableBeanFactory.initializeBean(AbstractAutowireCapableBeanFactory.java:1804)
	at com.example.OrderApplication.main(OrderApplication.java:14)
	Suppressed: java.lang.IllegalStateException: already closed
		at com.example.Pool.close(Pool.java:9)
	Caused by: java.io.IOException: stream closed
Caused by: org.postgresql.util.PSQLException: Connection to db:5432 refused. Check that the hostname and port are correct
	at org.postgresql.core.v3.ConnectionFactoryImpl.openConnectionImpl(ConnectionFactoryImpl.java:342)
Caused by: java.net.ConnectException: Connection refused
	at java.base/sun.nio.ch.Net.pollConnect(Native Method)
	... 56 more
2026-03-01 11:59:04.612  INFO 1 --- [           main] c.e.OrderApplication : bye
`,
  },
  {
    name: 'Java: an uncaught exception in a thread',
    language: 'java',
    cause: 'java.lang.OutOfMemoryError: Java heap space',
    log: `starting
Exception in thread "main" java.lang.OutOfMemoryError: Java heap space
	at java.base/java.util.Arrays.copyOf(Arrays.java:3537)
	at com.example.Cache.grow(Cache.java:51)
`,
  },
  {
    name: 'Spring: the description of a failure analysis',
    language: 'java',
    cause: 'Web server failed to start. Port 8080 was already in use.',
    log: `***************************
APPLICATION FAILED TO START
***************************

Description:

Web server failed to start. Port 8080 was already in use.

Action:

Identify and stop the process that's listening on port 8080.
`,
  },
  {
    name: 'Python: the first of a chain, when another was raised while it was handled',
    language: 'python',
    lines: [2, 13],
    cause: "KeyError: 'DB_HOST'",
    log: `INFO:root:starting worker
Traceback (most recent call last):
  File "/app/config.py", line 4, in load
    return os.environ["DB_HOST"]
KeyError: 'DB_HOST'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/main.py", line 9, in <module>
    load()
    raise ConfigError("no database configured")
app.errors.ConfigError: no database configured
`,
  },
  {
    name: 'Python: a bare errno gives way to the line that names the host',
    language: 'python',
    cause:
      "urllib3.exceptions.MaxRetryError: HTTPConnectionPool(host='pricing', port=8080): Max retries exceeded with url: /v1 (Caused by NewConnectionError('<conn>: Failed to establish a new connection: [Errno 111] Connection refused'))",
    log: `Traceback (most recent call last):
  File "/usr/lib/python3/socket.py", line 833, in create_connection
    sock.connect(sa)
ConnectionRefusedError: [Errno 111] Connection refused

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/client.py", line 12, in get
    return session.get(url)
urllib3.exceptions.MaxRetryError: HTTPConnectionPool(host='pricing', port=8080): Max retries exceeded with url: /v1 (Caused by NewConnectionError('<conn>: Failed to establish a new connection: [Errno 111] Connection refused'))
`,
  },
  {
    name: 'Python: an exception whose message goes on in the next line',
    language: 'python',
    cause: 'psycopg2.OperationalError: connection to server at "orders-db" (10.96.3.7), port 5432 failed: Connection refused',
    holds: 'Is the server running on that host',
    log: `Traceback (most recent call last):
  File "/app/db.py", line 3, in <module>
    conn = psycopg2.connect(dsn)
psycopg2.OperationalError: connection to server at "orders-db" (10.96.3.7), port 5432 failed: Connection refused
	Is the server running on that host and accepting TCP/IP connections?
`,
  },
  {
    name: 'Go: a panic with its goroutine',
    language: 'go',
    cause: 'runtime error: invalid memory address or nil pointer dereference',
    lines: [2, 9],
    log: `2026/03/01 11:59:00 listening on :8080
panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x49e6b3]

goroutine 1 [running]:
main.(*Server).handle(0x0, 0xc000012345)
	/src/main.go:42 +0x1d
main.main()
	/src/main.go:17 +0x5f
`,
  },
  {
    name: 'Go: a fatal error of the runtime',
    language: 'go',
    cause: 'fatal error: all goroutines are asleep - deadlock!',
    log: `fatal error: all goroutines are asleep - deadlock!

goroutine 1 [chan receive]:
main.main()
	/src/main.go:8 +0x2d
exit status 2
`,
  },
  {
    name: 'Node: an uncaught error with its properties',
    language: 'node',
    cause: 'Error: connect ECONNREFUSED 10.96.4.1:6379',
    holds: "code: 'ECONNREFUSED'",
    log: `server starting
node:events:497
      throw er; // Unhandled 'error' event
      ^

Error: connect ECONNREFUSED 10.96.4.1:6379
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1607:16)
Emitted 'error' event on RedisClient instance at:
    at RedisClient.<anonymous> (/app/node_modules/redis/index.js:406:14) {
  errno: -111,
  code: 'ECONNREFUSED',
  syscall: 'connect',
  address: '10.96.4.1',
  port: 6379
}

Node.js v20.11.1
`,
  },
  {
    name: 'Node: a nested cause',
    language: 'node',
    cause: 'Error: getaddrinfo ENOTFOUND payments',
    log: `TypeError: fetch failed
    at node:internal/deps/undici/undici:12618:11
    at async charge (/app/pay.js:10:15) {
  [cause]: Error: getaddrinfo ENOTFOUND payments
      at GetAddrInfoReqWrap.onlookup [as oncomplete] (node:dns:107:26) {
    errno: -3008,
    code: 'ENOTFOUND'
  }
}
`,
  },
  {
    name: 'Node: an unhandled rejection of old versions',
    language: 'node',
    cause: 'Error: no config',
    log: `(node:1) UnhandledPromiseRejectionWarning: Error: no config
    at load (/app/index.js:3:9)
    at Object.<anonymous> (/app/index.js:7:1)
`,
  },
  {
    name: 'Node: the heap limit',
    language: 'node',
    cause: 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    log: `<--- Last few GCs --->

[1:0x5c0]    31313 ms: Mark-sweep 253.9 (257.6) -> 253.7 (257.9) MB

FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory
 1: 0xb83f50 node::Abort() [node]
`,
  },
  {
    name: '.NET: the innermost exception',
    language: 'dotnet',
    cause: 'System.Net.Sockets.SocketException (111): Connection refused',
    log: `info: Microsoft.Hosting.Lifetime[14]
      Now listening on: http://[::]:8080
Unhandled exception. System.InvalidOperationException: cannot warm up
 ---> System.Net.Http.HttpRequestException: Connection refused (catalog:8080)
 ---> System.Net.Sockets.SocketException (111): Connection refused
   at System.Net.Sockets.Socket.AwaitableSocketAsyncEventArgs.ThrowException(SocketError error, CancellationToken cancellationToken)
   --- End of inner exception stack trace ---
   at System.Net.Http.HttpConnectionPool.ConnectToTcpHostAsync(String host, Int32 port)
   at Program.<Main>$(String[] args) in /src/Program.cs:line 12
`,
  },
  {
    name: 'Rust: the message in the line after the panic',
    language: 'rust',
    cause: 'called `Result::unwrap()` on an `Err` value: NotPresent',
    log: `thread 'main' panicked at src/main.rs:7:42:
called \`Result::unwrap()\` on an \`Err\` value: NotPresent
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace
`,
  },
  {
    name: 'Rust: the message in quotes, with a list of causes',
    language: 'rust',
    cause: 'Connection refused (os error 111)',
    log: `thread 'main' panicked at 'could not start', src/main.rs:7:42
Caused by:
    0: error trying to connect
    1: Connection refused (os error 111)
`,
  },
  {
    name: 'Rust: a panic that ends the log',
    language: 'rust',
    cause: 'index out of bounds: the len is 0 but the index is 3',
    log: `thread 'main' panicked at src/main.rs:9:5:\nindex out of bounds: the len is 0 but the index is 3`,
  },
  {
    name: 'Ruby: class and message',
    language: 'ruby',
    cause: 'Errno::ECONNREFUSED: Connection refused - connect(2) for "cache" port 6379',
    log: `/app/lib/store.rb:21:in 'TCPSocket#initialize': Connection refused - connect(2) for "cache" port 6379 (Errno::ECONNREFUSED)
	from /app/lib/store.rb:21:in 'open'
	from /app/main.rb:3:in '<main>'
`,
  },
  {
    name: 'PHP: the exception that was not caught',
    language: 'php',
    cause: 'PDOException: SQLSTATE[HY000] [2002] Connection refused',
    log: `PHP Fatal error:  Uncaught PDOException: SQLSTATE[HY000] [2002] Connection refused in /app/db.php:10
Stack trace:
#0 /app/db.php(10): PDO->__construct('mysql:host=db')
#1 {main}
  thrown in /app/db.php on line 10
`,
  },
  {
    name: 'JSON of log4j with its stack',
    language: 'java',
    cause: 'java.net.UnknownHostException: inventory: Name or service not known',
    log: `{"instant":{"epochSecond":1772366340},"level":"INFO","message":"up"}
${JSON.stringify({
  '@timestamp': '2026-03-01T11:59:00.000Z',
  level: 'ERROR',
  message: 'request failed',
  stack_trace:
    'com.example.ApiException: no stock\n\tat com.example.Api.get(Api.java:9)\nCaused by: java.net.UnknownHostException: inventory: Name or service not known\n\tat java.base/java.net.InetAddress.get(InetAddress.java:1)\n',
})}
`,
  },
  {
    name: 'pino with an error object',
    language: 'node',
    cause: 'Error: connect ECONNREFUSED 10.0.0.9:5432',
    log: `${JSON.stringify({
      level: 60,
      time: 1772366340000,
      pid: 1,
      err: {
        type: 'Error',
        message: 'connect ECONNREFUSED 10.0.0.9:5432',
        stack: 'Error: connect ECONNREFUSED 10.0.0.9:5432\n    at TCPConnectWrap (node:net:1555:16)',
      },
      msg: 'cannot start',
    })}\n`,
  },
  {
    name: 'zap: message and error, where there is no stack',
    language: 'unknown',
    cause: 'migration failed: pq: relation "orders" does not exist',
    log: `{"level":"info","ts":1772366339.5,"msg":"starting"}
{"level":"fatal","ts":1772366340.123,"caller":"main.go:9","msg":"migration failed","error":"pq: relation \\"orders\\" does not exist"}
`,
  },
  {
    name: 'klog: the last error lines',
    language: 'unknown',
    cause: 'E0301 11:59:02.000002       1 main.go:20] "Failed to start" err="listen tcp :8443: bind: address already in use"',
    log: `I0301 11:59:01.000001       1 main.go:10] starting
E0301 11:59:02.000002       1 main.go:20] "Failed to start" err="listen tcp :8443: bind: address already in use"
`,
  },
  {
    name: 'logfmt: a level as a field',
    language: 'unknown',
    cause: 'time="2026-03-01T11:59:02Z" level=fatal msg="unknown flag: --no-such"',
    log: `time="2026-03-01T11:59:01Z" level=info msg="starting"\ntime="2026-03-01T11:59:02Z" level=fatal msg="unknown flag: --no-such"\n`,
  },
];

describe('the last failure', () => {
  test.each(SAMPLES)('$name', async ({ log, language, cause, lines, holds }) => {
    const excerpt = await mined(log);
    expect(excerpt.deepestCause).toBe(cause);
    expect(excerpt.fatal?.language).toBe(language);
    if (lines !== undefined) expect([excerpt.fatal?.firstLine, excerpt.fatal?.lastLine]).toEqual(lines);
    if (holds !== undefined) expect(excerpt.fatal?.text).toContain(holds);
  });

  test.each(SAMPLES)('is the same behind the times that the kubelet writes: $name', async ({ log }) => {
    const timeless = (excerpt: LogExcerpt): unknown => JSON.parse(JSON.stringify({ ...excerpt, bytes: 0 }, (key, value) => (key === 'at' ? undefined : value)));
    const excerpt = await mined(stamped(log));
    expect(timeless(excerpt)).toEqual(timeless(await mined(log)));
    expect(excerpt.tail.map(({ at }) => at)).toEqual(excerpt.tail.map(({ number }) => new Date(STARTED + number * 1_000).toISOString()));
  });

  test('is the last of several, and its time is that of the line that announced it', async () => {
    const trace = (when: string, key: string) =>
      `${when} ERROR worker died\nTraceback (most recent call last):\n  File "/app/a.py", line 1, in f\n    x()\nKeyError: '${key}'\n`;
    const excerpt = await mined(`${trace('2026-03-01 10:00:00,100', 'OLD')}INFO: again\n${trace('2026-03-01 11:00:00,200', 'NEW')}`);
    expect(excerpt.deepestCause).toBe("KeyError: 'NEW'");
    expect(excerpt.fatal).toMatchObject({ firstLine: 7, lastLine: 11, at: '2026-03-01T11:00:00.200Z' });
  });

  test('an exception that was only warned of gives way to an error', async () => {
    const excerpt = await mined(`ERROR cannot open the store
one
two
three
four
WARN retry\njava.net.SocketTimeoutException: Read timed out\n\tat java.base/java.net.Socket.read(Socket.java:1)\n`);
    expect(excerpt.fatal?.text).toBe('ERROR cannot open the store');
    expect(excerpt.deepestCause).toBe('ERROR cannot open the store');
  });

  test('a fatal line long after a trace is another failure', async () => {
    const noise = Array.from({ length: 60 }, (_, index) => `handled request ${index}`).join('\n');
    const excerpt = await mined(`panic: old\n\ngoroutine 1 [running]:\nmain.main()\n\t/a.go:1 +0x1\n${noise}\nFATAL: disk is full\n`);
    expect(excerpt.deepestCause).toBe('FATAL: disk is full');
  });

  test('is null where nothing failed', async () => {
    const excerpt = await mined('INFO up\nGET / 200\ncompleted with 0 errors\n');
    expect(excerpt).toMatchObject({ fatal: null, deepestCause: null, errors: [], endpoints: [], lines: 3 });
  });

  test('of ten thousand frames keeps the first and the last', async () => {
    const frames = Array.from({ length: 10_000 }, (_, index) => `\tat com.example.Loop.f${index}(Loop.java:${index})`).join('\n');
    const excerpt = await mined(
      `Exception in thread "main" java.lang.StackOverflowError\n${frames}\nCaused by: java.lang.IllegalStateException: too deep\n\tat com.example.A.b(A.java:1)\n`,
    );
    expect(excerpt.deepestCause).toBe('java.lang.IllegalStateException: too deep');
    expect(excerpt.fatal?.text).toContain('… 9990 more lines');
    expect(excerpt.fatal?.text.length).toBeLessThan(2_000);
    expect(excerpt.fatal?.lastLine).toBe(10_003);
  });
});

describe('causes that recur', () => {
  const trace = (second: number, cause: string) =>
    [
      `2026-03-01 11:00:0${second}.000 ERROR 1 --- [exec-${second}] app.Web : request failed`,
      `java.lang.RuntimeException: x`,
      '\tat app.Web.get(Web.java:9)',
      `Caused by: ${cause}`,
      '\t... 3 more',
    ].join('\n');

  test('are counted, whatever numbers they hold, the newest last', async () => {
    const log = [trace(1, 'java.sql.SQLException: gone after 31 ms'), trace(2, 'java.io.IOException: odd'), trace(3, 'java.sql.SQLException: gone after 9 ms')];
    expect((await mined(log.join('\n'))).causes).toEqual([
      { number: 6, text: 'java.io.IOException: odd', count: 1, at: '2026-03-01T11:00:02.000Z' },
      { number: 11, text: 'java.sql.SQLException: gone after 9 ms', count: 2, at: '2026-03-01T11:00:03.000Z' },
    ]);
  });

  test('are bounded', async () => {
    const log = Array.from({ length: 60 }, (_, index) =>
      trace(1, `java.io.IOException: ${String.fromCharCode(97 + (index % 26))}${index > 25 ? 'x' : ''}${index > 51 ? 'y' : ''}`),
    );
    expect((await mined(log.join('\n'))).causes).toHaveLength(20);
  });
});
