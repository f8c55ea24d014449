import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'rolldown';
import { firstFrame } from './first-frame.ts';
import { heldStill } from './held-still.ts';
import { type Measured, measure, medianOf } from './measure.ts';
import { keepRows, type Row } from './results.ts';
import { typing } from './typing.ts';

const ROOT = join(import.meta.dirname, '..');
const PROGRAM = join(ROOT, 'bin/sre-orch.js');

const RUNS = 5;

const wall = (what: string, { milliseconds, cpuMs }: Measured, budget: number): Row => ({ what, measured: milliseconds, unit: 'ms', budget, cpuMs });

const node = (...args: string[]): Promise<Measured> => measure(process.execPath, args);
const investigate = (...args: string[]): Promise<Measured> =>
  node(PROGRAM, 'investigate', 'is anything wrong?', '--no-store', '--quiet', '--output', 'json', ...args);

/** As an investigation sets them (src/wiring/heap-flags.ts). */
const MEMORY_FLAGS = ['--semi-space-growth-factor=1', '--heap-growing-percent=130'];

/** Runs a part of the bench as users run the program, bundled: reading TypeScript alone takes Node 60 MB. */
async function bundled(name: string, ...args: string[]): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'sre-orch-bench-'));
  try {
    const outfile = join(folder, `${name}.mjs`);
    await build({ input: join(import.meta.dirname, `${name}.ts`), platform: 'node', logLevel: 'warn', output: { file: outfile, format: 'esm' } });
    return await node(...MEMORY_FLAGS, outfile, ...args);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function startUp(): Promise<Row[]> {
  const version = await medianOf(11, () => node(PROGRAM, '--version'));
  const help = await medianOf(11, () => node(PROGRAM, '--help'));
  const dump = join(ROOT, 'examples/shop-outage');
  const watched = await medianFrame('investigate', 'is anything wrong?', '--no-store', '--snapshot', dump);
  return [wall('--version', version, 60), wall('--help', help, 80), { what: 'first frame of a watched run', measured: watched, unit: 'ms', budget: 300 }];
}

async function medianFrame(...args: string[]): Promise<number> {
  const frames: number[] = [];
  for (let run = 0; run < 7; run += 1) frames.push(await firstFrame([PROGRAM, ...args]));
  return frames.sort((a, b) => a - b)[3] ?? 0;
}

async function chat(): Promise<Row[]> {
  const dump = join(ROOT, 'examples/shop-outage');
  const first = await medianFrame('chat', '--snapshot', dump);
  const { line, search } = await typing(PROGRAM, dump);
  return [
    { what: 'first frame of a chat', measured: first, unit: 'ms', budget: 300 },
    { what: 'chat: a key, with 10,000 lines of history (p95)', measured: line, unit: 'ms', budget: 16 },
    { what: 'chat: a key while searching in them (p95)', measured: search, unit: 'ms', budget: 16 },
  ];
}

async function reasoning(): Promise<Row[]> {
  const times: { ms: number; cpuMs: number }[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { stdout } = await bundled('rules', join(ROOT, 'rules'));
    const [, ms, cpuMs] = /([\d.]+) ms\s+\w+\s+\d+ rules over \d+ facts, first time.*, cpu (\d+) ms/.exec(stdout) ?? [];
    if (ms === undefined) throw new Error(`bench/rules.ts printed no figure:\n${stdout}`);
    times.push({ ms: Number(ms), cpuMs: Number(cpuMs) });
  }
  const median = times.sort((a, b) => a.ms - b.ms)[Math.floor(RUNS / 2)];
  return [{ what: '200 rules over 10,000 facts', measured: median?.ms ?? 0, unit: 'ms', budget: 300, cpuMs: median?.cpuMs ?? null }];
}

async function logs(): Promise<Row[]> {
  const small = await mining(100_000);
  const large = await mining(1_000_000);
  const larger = await mining(3_000_000);
  return [
    { what: 'mining a log of 100,000 lines', measured: small.ms, unit: 'ms', budget: 600 },
    // Flat: what three times as many lines take more is what a log would grow by for ever.
    { what: 'mining 3,000,000 lines: memory above that of 1,000,000', measured: larger.peakMiB - large.peakMiB, unit: 'MiB', budget: 20 },
  ];
}

async function mining(lines: number): Promise<{ ms: number; peakMiB: number }> {
  const { stdout } = await bundled('logs', String(lines));
  const [, ms, peakMiB] = /: (\d+) ms, peak (\d+) MB/.exec(stdout) ?? [];
  if (ms === undefined) throw new Error(`bench/logs.ts printed no figures:\n${stdout}`);
  return { ms: Number(ms), peakMiB: Number(peakMiB) };
}

async function onCluster(held: number | undefined): Promise<Row[]> {
  const kubectl = (...args: string[]): string => execFileSync('kubectl', args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const small = await heldStill(held, () => medianOf(RUNS, () => investigate('-n', 'kube-system')));
  const rows: Row[] = [wall('a namespace of a few pods (kube-system)', small, 300)];
  const pods = kubectl('get', 'pods', '-A', '-o', 'jsonpath={range .items[*]}{.metadata.namespace}{"\\n"}{end}').trim().split('\n');
  const large = pods.filter((namespace) => namespace === 'scale-00').length;
  if (large < 400) {
    process.stdout.write(`The cluster has ${pods.length} pods, ${large} of them in scale-00: fill it with 5,000 for the rest (scale.py 5000).\n`);
    return rows;
  }
  const namespace = await heldStill(held, () => medianOf(RUNS, () => investigate('-n', 'scale-00')));
  const everything = await heldStill(held, () => medianOf(RUNS, () => investigate('-A')));
  const requests = (run: Measured): number => (JSON.parse(run.stdout) as { engine: { api_requests: number } }).engine.api_requests;
  return [
    ...rows,
    wall(`a namespace of ${large} of ${pods.length} pods`, namespace, 800),
    { what: `a namespace of ${large} of ${pods.length} pods: memory`, measured: namespace.peakMiB ?? 0, unit: 'MiB', budget: 150 },
    { what: `a namespace of ${large} of ${pods.length} pods: requests`, measured: requests(namespace), unit: 'requests', budget: 60 },
    wall(`all namespaces, ${pods.length} pods`, everything, 3000),
    { what: `all namespaces, ${pods.length} pods: memory`, measured: everything.peakMiB ?? 0, unit: 'MiB', budget: 250 },
    { what: `all namespaces, ${pods.length} pods: requests`, measured: requests(everything), unit: 'requests', budget: 60 },
  ];
}

const { values } = parseArgs({ options: { hold: { type: 'string' } } });
const held = values.hold === undefined ? undefined : Number(values.hold);
if (held !== undefined) process.stdout.write(`The simulated nodes of the cluster (process ${held}) are held still while it is measured.\n`);
const load = loadavg()[0] ?? 0;
if (load > cpus().length / 2)
  process.stdout.write(`The machine is busy (load ${load.toFixed(1)} on ${cpus().length} cores): wall times are inflated, judge by CPU.\n`);
const rows = [...(await startUp()), ...(await chat()), ...(await reasoning()), ...(await logs()), ...(process.env['KUBECONFIG'] ? await onCluster(held) : [])];
const passed = keepRows('program', rows, held === undefined ? {} : { simulated_nodes: 'held still' });
if (!process.env['KUBECONFIG']) process.stdout.write('Set KUBECONFIG to measure on a cluster.\n');
process.exitCode = passed ? 0 : 1;
