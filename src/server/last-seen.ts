import { coded } from '../errors/coded-error.ts';
import type { Asked } from './route.ts';

/** The number of the last message that a client has seen; 0: none. Throws REQUEST_INVALID. */
export function lastSeen({ 'last-event-id': given }: Asked['headers']): number {
  if (given === undefined || given === '') return 0;
  if (typeof given !== 'string' || !/^\d{1,9}$/.test(given)) throw coded('REQUEST_INVALID', { problems: ['Last-Event-ID: the number of an event is needed'] });
  return Number(given);
}
