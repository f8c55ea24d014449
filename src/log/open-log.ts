import { destination, type Logger, pino } from 'pino';
import { logFields } from '../trace/correlation.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'flush'>;

/** JSON lines on stderr, each with what it belongs to. What people said is never among them: an incident is named by its id. */
export function openLog(serviceName: string, version: string): Log {
  const base = { service_name: serviceName, version };
  const options = { base, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level: string) => ({ level }) }, mixin: logFields };
  return pino(options, destination({ fd: 2, sync: false }));
}
