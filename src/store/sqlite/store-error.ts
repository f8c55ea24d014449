import { type CodedError, coded } from '../../errors/coded-error.ts';

// Primary result codes of https://www.sqlite.org/rescode.html
const BUSY = 5;
const LOCKED = 6;
const CORRUPT = 11;
const FULL = 13;
const NOT_A_DATABASE = 26;

function resultCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
}

export function isCorrupt(error: unknown): boolean {
  const code = resultCode(error);
  return code === CORRUPT || code === NOT_A_DATABASE;
}

/** Another process holds the file for a moment. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === BUSY || code === LOCKED;
}

/** What SQLite threw, as an error of the catalogue. */
export function storeError(path: string, error: unknown): CodedError {
  const reason = error instanceof Error ? error.message : String(error);
  switch (resultCode(error)) {
    case FULL:
      return coded('STORE_FULL', { path }, { cause: error });
    case BUSY:
    case LOCKED:
      return coded('STORE_LOCKED', { path }, { cause: error });
    default:
      return /ENOSPC|disk is full/i.test(reason)
        ? coded('STORE_FULL', { path }, { cause: error })
        : coded('STORE_UNAVAILABLE', { path, reason }, { cause: error });
  }
}
