const MAX_LENGTH = 300;
/** What tells nothing about a fault, and fills lines. */
const NOISE: ReadonlySet<string> = new Set(['containerID', 'imageID', 'uid', 'resourceVersion', 'lastProbeTime', 'observedGeneration', 'hostname']);

/** A field's value on one line, as YAML writes it: `{exitCode: 137, reason: Error}`. Ids of the machinery are left out, and a long end is cut. */
export function valueText(value: unknown): string {
  const text = typeof value === 'object' ? flow(value) : String(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)} …` : text;
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'string') return word(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).filter(([key, field]) => field !== null && field !== undefined && !NOISE.has(key));
  return `{${fields.map(([key, field]) => `${key}: ${flow(field)}`).join(', ')}}`;
}

/** Quoted only where it could be read as something else. */
function word(text: string): string {
  return text === '' || text !== text.trim() || /[{}[\],]|: |^["'#&*!|>%@`]/.test(text) ? JSON.stringify(text) : text;
}
