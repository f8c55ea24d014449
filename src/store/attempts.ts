/** Once more after the process that investigated has ended; twice lost is no accident of the process. */
export const MOST_ATTEMPTS = 2;

/** Why an incident has no report. */
export const REASONS = {
  cancelled: 'It was cancelled before it began.',
  cancelledLost: 'It was cancelled, and the server that investigated it ended before its report.',
  lost: (attempts: number): string => `The server ended while it investigated, ${attempts} times.`,
  interrupted: 'The process that ran it ended before it was done.',
} as const;
