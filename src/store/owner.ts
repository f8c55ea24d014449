import { readFileSync } from 'node:fs';

/**
 * Names the process that runs an investigation, so that another can tell whether it is still there.
 * A pid alone may be reused: on Linux the start time of /proc/PID/stat (field 22, proc(5)) is part of the name.
 */
export interface Owner {
  readonly host: string;
  readonly pid: number;
}

export function ownerToken({ host, pid }: Owner): string {
  return JSON.stringify([host, pid, startTime(pid)]);
}

/** False only when it is certain that the process is gone: same host, and no such process or one started at another time. */
export function isAlive(token: string, host: string): boolean {
  const [ownerHost, pid, started] = JSON.parse(token) as [string, number, string | null];
  if (ownerHost !== host) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return started === null || startTime(pid) === started;
}

function startTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name in parentheses may hold spaces: count from behind it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
