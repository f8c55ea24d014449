import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

export interface Measured {
  readonly milliseconds: number;
  /** Peak resident memory in MiB; null where /proc does not tell. */
  readonly peakMiB: number | null;
  /** User and system time as of the last look, a few milliseconds before its end; null where /proc does not tell. */
  readonly cpuMs: number | null;
  readonly stdout: string;
}

/** Runs a command once as a process of its own. The peak is VmHWM of /proc, asked for while it runs. */
export async function measure(command: string, args: readonly string[]): Promise<Measured> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  let peak: number | null = null;
  let cpu: number | null = null;
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const watch = setInterval(() => {
    peak = peakOf(child.pid) ?? peak;
    cpu = cpuOf(child.pid) ?? cpu;
  }, 5);
  const [code] = await once(child, 'close');
  clearInterval(watch);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${stderr}`);
  return { milliseconds: performance.now() - started, peakMiB: peak, cpuMs: cpu, stdout };
}

function peakOf(pid: number | undefined): number | null {
  try {
    const kib = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? null : Math.round(Number(kib) / 1024);
  } catch {
    return null;
  }
}

/** Fields 14 and 15 of stat(5), in ticks of 10 ms; the name before them may hold blanks, and ends with the last bracket. */
function cpuOf(pid: number | undefined): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}

/** The run in the middle by time, of `times` runs after one that is not counted. */
export async function medianOf(times: number, run: () => Promise<Measured>): Promise<Measured> {
  await run();
  const all: Measured[] = [];
  for (let index = 0; index < times; index += 1) all.push(await run());
  all.sort((a, b) => a.milliseconds - b.milliseconds);
  const middle = all[Math.floor(times / 2)];
  if (middle === undefined) throw new Error('at least one run is needed');
  return middle;
}
