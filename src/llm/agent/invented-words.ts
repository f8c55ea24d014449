interface Corpus {
  /** What was read and cited. */
  readonly text: string;
  /** Names of all that exists. */
  readonly names: ReadonlySet<string>;
}

const KIND =
  '(?:pod|deployment|service|statefulset|daemonset|replicaset|job|cronjob|node|configmap|secret|ingress|namespace|container|pvc|persistentvolumeclaim|database|host|image|release)s?';
/** A name after the word for its kind: "pod orders-7f9", "Deployment/orders". */
const AFTER_KIND = new RegExp(`\\b${KIND}[ /]+["'\`]?([a-z0-9]+(?:[-.][a-z0-9]+)+(?:/[a-z0-9][-.a-z0-9]*)?)`, 'gi');
const QUOTED = /[`"']([a-z0-9]+(?:[-./][a-z0-9]+)+)[`"']/g;
/** Names that machines make: words joined by hyphens of which one holds a digit. */
const MADE = /\b(?=[a-z0-9-]*[a-z])(?=[a-z0-9-]*\d)[a-z0-9]+(?:-[a-z0-9]+)+\b/g;
const VERSION = /\bv\d+(?:\.\d+)*\b/gi;
const NUMBER = /(?<![\w.-])\d{2,}(?:\.\d+)?(?![\w-])/g;

/** Names and numbers of a sentence that nothing shows. Common words, also joined by hyphens, are not looked at. */
export function inventedWords(sentence: string, { text, names }: Corpus): string[] {
  const plain = sentence.replace(/\[?\bev-\d+\b[\],]?/g, ' ');
  const lower = text.toLowerCase();
  const named = [...matches(plain, AFTER_KIND), ...matches(plain, QUOTED), ...(plain.match(MADE) ?? []), ...(plain.match(VERSION) ?? [])].map((name) =>
    name.toLowerCase(),
  );
  const strangers = named.filter((name) => !lower.includes(name) && !name.split('/').every((part) => names.has(part)));
  const numbers = (plain.match(NUMBER) ?? []).filter((number) => !text.includes(number));
  return [...new Set([...strangers, ...numbers])];
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name]) => (name ?? '').replace(/[.]$/, ''));
}
