import { type CodedError, coded } from '../../errors/coded-error.ts';
import { reasonOf } from '../../net/reason-of.ts';

// https://www.postgresql.org/docs/15/errcodes-appendix.html
const DISK_FULL = '53100';
const LOCK_TIMEOUT = '55P03';
const UNIQUE_VIOLATION = '23505';

const codeOf = (error: unknown): string | undefined => (error as { code?: string } | null)?.code;

export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === UNIQUE_VIOLATION;
}

/** What pg threw, as an error of the catalogue. `label` names the database without a password. */
export function postgresError(label: string, error: unknown): CodedError {
  if (codeOf(error) === DISK_FULL) return coded('STORE_FULL', { path: label }, { cause: error });
  if (codeOf(error) === LOCK_TIMEOUT) return coded('STORE_LOCKED', { path: label }, { cause: error });
  return coded('STORE_UNAVAILABLE', { path: label, reason: reasonOf(error) }, { cause: error });
}
