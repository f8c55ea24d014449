import type { ErrorRow } from './row.ts';

/** docs/errors.md, from the table. Details appear as their names in angle brackets. */
export function renderErrorsPage(catalogue: Readonly<Record<string, ErrorRow>>): string {
  const sections = Object.entries(catalogue).map(
    ([code, row]) =>
      `## ${code}\n\n${row.message(placeholders() as never)}\n\n${row.nextSteps.map((step) => `* ${step}`).join('\n')}\n\n${row.kind === 'bug' ? 'A bug of ours' : 'Yours to mend'} · exit code ${row.exitCode} · HTTP ${row.httpStatus}\n`,
  );
  return `# Errors\n\nWritten by \`npm run docs\` from the table in \`src/errors/\`. Codes are stable: added, never renamed.\n\n${sections.join('\n')}`;
}

/** Answers every detail with its own name; lists behave as a list of one. */
function placeholders(): object {
  return new Proxy(
    {},
    {
      get: (_, name) => {
        const text = `‹${String(name)}›`;
        return Object.assign([text], { toString: () => text, replace: text.replace.bind(text) });
      },
    },
  );
}
