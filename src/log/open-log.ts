import { destination, type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child' | 'flush'>;

/** JSON lines on stderr. What people said is never among them: an incident is named by its id. */
export function openLog(serviceName: string, version: string): Log {
  const base = { service_name: serviceName, version };
  return pino({ base, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } }, destination({ fd: 2, sync: false }));
}
