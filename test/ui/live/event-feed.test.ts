import { expect, test, vi } from 'vitest';
import { EventFeed } from '../../../src/ui/live/event-feed.ts';

test('a thousand events in five seconds are drawn at most twenty times a second', () => {
  vi.useFakeTimers();
  const feed = new EventFeed();
  let frames = 0;
  feed.subscribe(() => {
    frames += 1;
  });
  for (let n = 0; n < 1_000; n += 1) {
    feed.add({ type: 'read-completed', at: '', text: `read ${n}`, duration_ms: 1, coverage: null });
    vi.advanceTimersByTime(5);
  }
  feed.flush();
  expect(feed.current().readCount).toBe(1_000);
  expect(frames).toBeGreaterThan(80);
  expect(frames).toBeLessThanOrEqual(101);
  vi.useRealTimers();
});
