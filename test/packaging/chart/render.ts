import { parseAllDocuments } from 'yaml';
import { CHART, helm } from '../../../scripts/chart/helm.ts';
import { values } from './values.ts';

type Values = Readonly<Record<string, string | number | boolean>>;

const rendered = new Map<string, Promise<string>>();

/** What `helm template` makes of the chart, as text; once for each set. */
export function renderText(set: Values, version = '1.34'): Promise<string> {
  const key = JSON.stringify([set, version]);
  const known = rendered.get(key) ?? helm('template', 'sre', CHART, '-n', 'ops', '--kube-version', `${version}.0`, ...values(set));
  rendered.set(key, known);
  return known;
}

/** The same as objects. */
export async function render<T>(set: Values, version = '1.34'): Promise<T[]> {
  return parseAllDocuments(await renderText(set, version)).flatMap((document) => (document.toJS() === null ? [] : [document.toJS() as T]));
}
