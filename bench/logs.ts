import { stdout } from 'node:process';
import { mineLog } from '../src/evidence/log/mine-log.ts';

const META = { namespace: 'shop', pod: 'web-0', container: 'app', previous: false, readAt: '2026-03-01T12:00:00Z', truncated: false };
const SHAPES: readonly ((index: number) => string)[] = [
  (index) =>
    `2026-03-01 11:${String(index % 60).padStart(2, '0')}:07,120 INFO  [http-nio-8080-exec-${index % 12}] c.e.orders.OrderController : order ${index} accepted for customer c${index % 977} in ${index % 90} ms`,
  (index) =>
    `{"level":"info","ts":1772366340.${index % 1000},"caller":"server/http.go:88","msg":"request completed","method":"GET","path":"/items/${index}","status":200,"duration_ms":${index % 50}}`,
  (index) => `10.244.0.${index % 250} - - [01/Mar/2026:11:00:00 +0000] "GET /healthz HTTP/1.1" 200 2 "-" "kube-probe/1.34"`,
  (index) => `time="2026-03-01T11:00:00Z" level=warning msg="slow query" table=orders ms=${index % 4000}`,
  (index) => `2026-03-01 11:00:07,120 ERROR c.e.orders.Pool : Connection to db:5432 refused (attempt ${index})`,
];

/** Lines in the proportions of a busy service: one in fifty is an error, and every ten thousandth brings a stack trace. */
function* log(lines: number): Generator<string> {
  let chunk = '';
  for (let index = 0; index < lines; index += 1) {
    const shape = index % 50 === 0 ? SHAPES[4] : SHAPES[index % 4];
    chunk += `${shape?.(index) ?? ''}\n`;
    if (index % 10_000 === 9_999)
      chunk +=
        'java.lang.IllegalStateException: no connection\n\tat com.example.Pool.get(Pool.java:12)\nCaused by: java.net.ConnectException: Connection refused\n\t... 3 more\n';
    if (chunk.length > 65_536) {
      yield chunk;
      chunk = '';
    }
  }
  yield chunk;
}

/** Mines a log of so many lines, one for each process: what memory the last one left behind is not counted for the next. */
const lines = Number(process.argv[2] ?? 100_000);
const started = performance.now();
const excerpt = await mineLog(log(lines), META, (text) => text);
const ms = Math.round(performance.now() - started);
const peak = Math.round(process.resourceUsage().maxRSS / 2 ** 10);
stdout.write(`log-mining ${lines} lines, ${Math.round(excerpt.bytes / 2 ** 20)} MB: ${ms} ms, peak ${peak} MB, ${excerpt.templates.length} templates\n`);
