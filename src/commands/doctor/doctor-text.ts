import type { DoctorCheck, DoctorReport } from './doctor-report.ts';

const WORDS: Readonly<Record<DoctorCheck['status'], string>> = { ok: 'ok', warn: 'warn', fail: 'FAIL' };

/** The report for a terminal or a file: a line a check, its next steps below it, the RBAC last. */
export function doctorText({ checks, rbac }: DoctorReport): string {
  const lines = checks.flatMap(({ name, status, text, next_steps }) => [
    `${WORDS[status].padEnd(5)} ${`${name}:`.padEnd(13)}${text.replaceAll('\n', `\n${' '.repeat(6)}`)}`,
    ...next_steps.map((step) => `${' '.repeat(6)}-> ${step}`),
  ]);
  return `${lines.join('\n')}\n${rbac === null ? '' : `\n# Grants what is missing; kubectl apply -f -\n${rbac}`}`;
}
