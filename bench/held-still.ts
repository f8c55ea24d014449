/** The leases of simulated nodes last 200 s: held still for longer, they would be lost, and the cluster another one. */
const LONGEST_MS = 110_000;

/**
 * Runs `work` while the process that simulates the nodes of a large cluster stands still: on real nodes it would not take a core from
 * the machine that this tool runs on. It goes on afterwards, whatever happens, and at the latest before a lease can end.
 */
export async function heldStill<T>(pid: number | undefined, work: () => Promise<T>): Promise<T> {
  if (pid === undefined) return work();
  const goOn = (): void => {
    process.kill(pid, 'SIGCONT');
  };
  const stop = (): never => {
    goOn();
    process.exit(130);
  };
  const guard = setTimeout(goOn, LONGEST_MS);
  process.on('exit', goOn).on('SIGINT', stop).on('SIGTERM', stop);
  try {
    process.kill(pid, 'SIGSTOP');
    return await work();
  } finally {
    clearTimeout(guard);
    process.off('exit', goOn).off('SIGINT', stop).off('SIGTERM', stop);
    goOn();
  }
}
