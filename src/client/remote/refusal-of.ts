import { CATALOGUE, type ErrorCode } from '../../errors/catalogue.ts';
import { CodedError, coded } from '../../errors/coded-error.ts';
import type { ErrorBody } from '../../protocol/error-body.ts';

/** What a server refuses with, told as if it had been refused here. */
export function refusalOf({ code, message, details = {} }: ErrorBody): CodedError {
  try {
    const error = code in CATALOGUE ? new CodedError(code as ErrorCode, details) : undefined;
    if (error?.message === message) return error;
  } catch {
    // Details of another version make no sentence here.
  }
  return coded('SERVER_REFUSED', { code, reason: message });
}
