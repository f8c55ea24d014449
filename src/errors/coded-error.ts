import { CATALOGUE, type ErrorCode } from './catalogue.ts';
import type { ErrorRow } from './row.ts';

type Details<C extends ErrorCode> = Parameters<(typeof CATALOGUE)[C]['message']>[0];

/** An error from the catalogue. Everything a front end shows of it comes from its row. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly details: object;
  /** What the log of the server knows the request by that ended so; undefined where none was asked. */
  correlationId?: string;

  constructor(code: ErrorCode, details: object, options?: ErrorOptions) {
    const row: ErrorRow = CATALOGUE[code];
    super(row.message(details as never), options);
    this.name = 'CodedError';
    this.code = code;
    this.details = details;
  }

  get row(): ErrorRow {
    return CATALOGUE[this.code];
  }
}

/** `throw coded('KUBECONFIG_NOT_FOUND', { path })`: the details are typed by the row. */
export function coded<C extends ErrorCode>(code: C, details: Details<C>, options?: ErrorOptions): CodedError {
  return new CodedError(code, details, options);
}

/** Whatever was thrown, as a coded error; what has no code is a bug of ours. */
export function asCoded(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  return coded('UNEXPECTED', { reason: error instanceof Error ? error.message : String(error) }, { cause: error });
}
