/** Runs tasks, `limit` at a time, in their order; yields what each returns as it ends. After an abort no more are begun. */
export async function* concurrently<T>(tasks: readonly (() => Promise<T>)[], limit: number, signal: AbortSignal): AsyncGenerator<T> {
  const running = new Map<number, Promise<readonly [number, T]>>();
  let next = 0;
  const fill = (): void => {
    while (running.size < limit && next < tasks.length && !signal.aborted) {
      const number = next;
      next += 1;
      const task = tasks[number];
      if (task !== undefined)
        running.set(
          number,
          task().then((value) => [number, value] as const),
        );
    }
  };
  fill();
  while (running.size > 0) {
    const [number, value] = await Promise.race(running.values());
    running.delete(number);
    fill();
    yield value;
  }
}
