import { redacted } from './marker.ts';

const JSON_SECRET = /\\*"kind\\*"\s{0,3}:\s{0,3}\\*"Secret\\*"/;
const JSON_DATA = /(\\*"(?:data|stringData)\\*"\s{0,3}:\s{0,3})\{[^{}]*\}/g;
const YAML_SECRET = /^[ \t]*kind: ["']?Secret\b/m;
const YAML_DATA = /^([ \t]*)(?:- )?(data|stringData):[ \t]*\r?\n((?:\1[ \t]+[^\n]*(?:\n|$))+)/gm;

/** A Secret that someone printed: the whole of its data goes, whatever the keys are called. */
export function redactSecretManifests(text: string): string {
  if (!text.includes('Secret')) return text;
  const marker = redacted('secret-data');
  const json = JSON_SECRET.test(text)
    ? text.replace(JSON_DATA, (_, key: string) => `${key}${/^\\*"/.exec(key)?.[0] ?? ''}${marker}${/^\\*"/.exec(key)?.[0] ?? ''}`)
    : text;
  return YAML_SECRET.test(json) ? json.replace(YAML_DATA, (_, indent: string, key: string) => `${indent}${key}: ${marker}\n`) : json;
}
