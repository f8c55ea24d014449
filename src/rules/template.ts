import { spokenDuration } from '../domain/spoken-duration.ts';
import { valueAt } from './value-at.ts';

/** `{path}` and `{match.group}`; any other brace is plain text, so that JSON patches and jsonpath stay as they are. */
const FIELD = /\{([a-z_][a-z0-9_]*(?:\.[a-zA-Z0-9_-]+)*)\}/gi;
/** A number of seconds with its unit, which is read as people say it. */
const SECONDS = /\{([a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*_s)\} s\b/gi;
/** A number and what it counts; a rule writes the plural. */
const COUNTED =
  /(?<!\bof )\{([a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*)\} (pod|time|node|failure|replica|request|container|connection|error|start|volume|claim|service|object|call|other|run|job)s\b/gi;
/** Longer words of others, as a probe's answer, are cut: the evidence holds them all. */
const MAX_VALUE = 300;

/** What a template writes for a value that is not known. */
const UNKNOWN = 'unknown';

/** The paths that a template fills in, with their places in it. */
export function templateFields(template: string): readonly { readonly path: string; readonly at: number }[] {
  return [...template.matchAll(FIELD)].map((match) => ({ path: match[1] ?? '', at: match.index + 1 }));
}

/** Fills in a template; what is null or missing reads "unknown". */
export function fillTemplate(template: string, variables: Readonly<Record<string, unknown>>): string {
  const spoken = template.replaceAll(SECONDS, (whole, path: string) => {
    const seconds = valueAt(variables, path.split('.'));
    return typeof seconds === 'number' ? spokenDuration(seconds) : whole;
  });
  const counting = spoken.replaceAll(COUNTED, (whole, path: string, noun: string) => (valueAt(variables, path.split('.')) === 1 ? `1 ${noun}` : whole));
  return counting.replaceAll(FIELD, (_, path: string) => shorten(renderValue(valueAt(variables, path.split('.'))) ?? UNKNOWN));
}

/** As fillTemplate, but undefined when any of its values is not known: half a name names nothing. */
export function fillName(template: string, variables: Readonly<Record<string, unknown>>): string | undefined {
  const values = templateFields(template).map(({ path }) => renderValue(valueAt(variables, path.split('.'))));
  if (values.some((value) => value === undefined || value === '')) return undefined;
  return fillTemplate(template, variables);
}

/** A value as people read it: numbers plain, lists joined, objects by what is known of them; undefined where nothing is. */
export function renderValue(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number') return String(Math.round(value * 1000) / 1000);
  if (Array.isArray(value)) return value.map((item) => renderValue(item) ?? UNKNOWN).join(value.some(isObject) ? '; ' : ', ');
  if (!isObject(value)) return String(value);
  const known = Object.entries(value).map(([key, field]) => [key, renderValue(field)]);
  return known.flatMap(([key, field]) => (field ? [`${key}=${field}`] : [])).join(' ');
}

function shorten(text: string): string {
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE).trimEnd()} …` : text;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
