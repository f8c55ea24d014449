/** Licences that may be shipped with Apache-2.0 and ask for no more than their text. */
const ALLOWED = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Unlicense',
  'CC0-1.0',
  'BlueOak-1.0.0',
  'Python-2.0',
  'PSF-2.0',
]);

interface LockedPackage {
  readonly license?: string;
  readonly dev?: boolean;
}

/** A line for each package of a lock file that is shipped under another licence; packages only needed to build are not. */
export function licenceProblems(packages: Readonly<Record<string, LockedPackage>>): string[] {
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .filter(([, { license }]) => !isAllowed(license))
    .map(([path, { license }]) => `${path.replace(/^.*node_modules\//, '')}: its licence ${license ?? '(none)'} is not one of those that may be shipped`);
}

/** An SPDX expression of names, OR and AND, as https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions has them; brackets only around the whole. */
function isAllowed(expression: string | undefined): boolean {
  if (expression === undefined) return false;
  const choices = expression.replace(/^\((.*)\)$/, '$1').split(/\s+OR\s+/);
  return choices.some((choice) => choice.split(/\s+AND\s+/).every((name) => ALLOWED.has(name)));
}
