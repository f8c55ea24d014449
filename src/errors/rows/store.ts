import { type ErrorRow, EXIT } from '../row.ts';

export const STORE_ERRORS = {
  STORE_UNAVAILABLE: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 503,
    message: ({ path, reason }: { path: string; reason: string }) => `The store ${path} cannot be used: ${reason}.`,
    nextSteps: [
      'Check the permissions of the folder, or whether the database of --store runs; --data-dir DIR takes another folder.',
      'investigate --no-store works without it.',
    ],
  },
  STORE_FULL: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 507,
    message: ({ path }: { path: string }) => `The disk that holds the store ${path} is full; this investigation was not kept.`,
    nextSteps: ['Free some space, or pass --data-dir DIR on another disk.'],
  },
  STORE_LOCKED: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 503,
    message: ({ path }: { path: string }) => `The store ${path} stayed locked by another process.`,
    nextSteps: ['Try again in a moment.'],
  },
  INCIDENT_NOT_FOUND: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 404,
    message: ({ id }: { id: string }) => `There is no investigation ${JSON.stringify(id)}.`,
    nextSteps: ['sre-orch list shows those that are stored.'],
  },
  INCIDENT_AMBIGUOUS: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ id, candidates }: { id: string; candidates: readonly string[] }) => `${id} could be ${candidates.join(', ')}.`,
    nextSteps: ['Give more of the id.'],
  },
  INCIDENT_WITHOUT_REPORT: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 409,
    message: ({ id, status, reason }: { id: string; status: string; reason?: string | null }) =>
      `Investigation ${id} has no report: it is ${status}.${reason ? ` ${reason}` : ''}`,
    nextSteps: ['sre-orch list shows when it has ended; one that failed or was interrupted has to be run again.'],
  },
} as const satisfies Record<string, ErrorRow>;
