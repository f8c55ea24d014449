import { redacted } from './marker.ts';

/** Keys that their issuer marks with a prefix: [kind, literals of which one must occur, pattern]. */
const PROVIDER_KEYS: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['jwt', ['eyJ'], /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,3}/g],
  ['aws-key', ['AKIA', 'ASIA'], /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['gcp-key', ['AIza', 'ya29.', 'GOCSPX-'], /\b(?:AIza[\w-]{35}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,})/g],
  ['azure-key', ['8Q~'], /[\w~.-]{3}8Q~[\w~.-]{31,34}/g],
  ['github-token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'], /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/g],
  ['gitlab-token', ['glpat-', 'gldt-', 'glrt-'], /\bgl(?:pat|dt|rt)-[\w-]{20,}/g],
  [
    'slack-token',
    ['xox', 'xapp-', 'hooks.slack.com'],
    /\b(?:xox[abeoprs]-[\w-]{10,}|xapp-[\w-]{10,})|(?<=hooks\.slack\.com\/(?:services|workflows)\/)[\w/]{10,}/g,
  ],
  ['stripe-key', ['_live_', '_test_', 'whsec_'], /\b(?:(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{16,})/g],
  ['ai-key', ['sk-', 'hf_'], /\b(?:sk-(?=[\w-]*\d)[A-Za-z0-9][\w-]{18,}|hf_[A-Za-z0-9]{30,})/g],
  ['package-token', ['npm_', 'pypi-Ag', 'dckr_pat_', 'rubygems_'], /\b(?:npm_[A-Za-z0-9]{36}|pypi-Ag[\w-]{30,}|dckr_pat_[\w-]{20,}|rubygems_[0-9a-f]{40,})/g],
  ['vault-token', ['hvs.', 'hvb.', 'hvr.'], /\bhv[sbr]\.[\w-]{20,}/g],
  ['cloud-token', ['dop_v1_', 'doo_v1_', 'SG.', 'AGE-SECRET-KEY-'], /\b(?:do[op]_v1_[0-9a-f]{40,}|SG\.[\w-]{16,}\.[\w-]{16,}|AGE-SECRET-KEY-1[0-9A-Z]{50,})/g],
];

/** A quick test for texts that hold none of the prefixes. */
const ANY = new RegExp(PROVIDER_KEYS.flatMap(([, literals]) => literals.map((literal) => literal.replace(/[.]/g, '\\.'))).join('|'));

export function redactProviderKeys(text: string): string {
  if (!ANY.test(text)) return text;
  let clean = text;
  for (const [kind, literals, pattern] of PROVIDER_KEYS) {
    if (literals.some((literal) => clean.includes(literal))) clean = clean.replace(pattern, redacted(kind));
  }
  return clean;
}
