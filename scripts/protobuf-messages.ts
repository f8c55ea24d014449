// node scripts/protobuf-messages.ts K8S_IO_API_FOLDER K8S_IO_APIMACHINERY_FOLDER
// Of the Go types of a Kubernetes release, how the kinds that clusters hold most of are written in protobuf and named in JSON: the tags
// of their fields tell both. Written to src/cluster/live/protobuf/messages.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LISTS = [
  'core/v1.PodList',
  'core/v1.EventList',
  'core/v1.PersistentVolumeClaimList',
  'apps/v1.ReplicaSetList',
  'batch/v1.JobList',
  'discovery/v1.EndpointSliceList',
];
/** Written by Go code of their own; the reader of messages knows them by these names. */
const OWN: Readonly<Record<string, string>> = {
  'meta/v1.Time': 'time',
  'meta/v1.MicroTime': 'micro-time',
  'resource.Quantity': 'quantity',
  'intstr.IntOrString': 'int-or-string',
};
const SCALARS: Readonly<Record<string, string>> = { string: 'string', int32: 'int', int64: 'int', bool: 'bool' };
/** Who wrote which field: lists are read without it. */
const LEFT_OUT = new Set(['managedFields']);

const [api = '', machinery = ''] = process.argv.slice(2);
const FILES: Readonly<Record<string, string>> = {
  'core/v1': join(api, 'core/v1/types.go'),
  'apps/v1': join(api, 'apps/v1/types.go'),
  'batch/v1': join(api, 'batch/v1/types.go'),
  'discovery/v1': join(api, 'discovery/v1/types.go'),
  'meta/v1': join(machinery, 'pkg/apis/meta/v1/types.go'),
};
/** What the packages are called where they are imported. */
const IMPORTED: Readonly<Record<string, string>> = {
  v1: 'core/v1',
  corev1: 'core/v1',
  metav1: 'meta/v1',
  resource: 'resource',
  intstr: 'intstr',
  types: 'types',
};

const sources = new Map(Object.entries(FILES).map(([group, path]) => [group, readFileSync(path, 'utf8')]));

/** The name of a Go type, with the package it is of. */
function qualified(type: string, group: string): string {
  const [name = '', from] = type.split('.').reverse();
  return from === undefined ? `${group}.${name}` : `${IMPORTED[from] ?? from}.${name}`;
}

function typeOf(go: string, group: string): string {
  const bare = go.replace(/^\*/, '');
  if (bare === '[]byte') throw new Error(`${go}: bytes are of no kind that is asked for`);
  if (bare.startsWith('[]')) return `[${typeOf(bare.slice(2), group)}]`;
  const map = /^map\[\w+\](.+)$/.exec(bare)?.[1];
  if (map !== undefined) return `{${typeOf(map, group)}}`;
  const scalar = SCALARS[bare];
  if (scalar !== undefined) return scalar;
  const name = qualified(bare, group);
  if (name.startsWith('types.')) return 'string';
  if (OWN[name] !== undefined) return OWN[name];
  const [, owner = '', own = ''] = /^(.+)\.(\w+)$/.exec(name) ?? [];
  const alias = new RegExp(`^type ${own} ([\\w.[\\]]+)$`, 'm').exec(sources.get(owner) ?? '')?.[1];
  return alias === undefined ? name : typeOf(alias, owner);
}

interface Row {
  readonly text: string;
  readonly type: string;
}

const FIELD = /^\t(?:(\w+)\s+)?([*[\]\w.]+)\s+`json:"([^",]*)([^"]*)"[^`]*?protobuf:"\w+,(\d+),/;

/** `1 name string`; `?` after the type: nothing is written where it is empty; `.` for the name: its fields are those of the message. */
function rowsOf(message: string): Row[] {
  const [, group = '', name = ''] = /^(.+)\.(\w+)$/.exec(message) ?? [];
  const body = new RegExp(`^type ${name} struct \\{\\n([^]*?)^\\}`, 'm').exec(sources.get(group) ?? '')?.[1];
  if (body === undefined) throw new Error(`${message}: no such type`);
  return body.split('\n').flatMap((line) => {
    const [, , go, json = '', options = '', number] = FIELD.exec(line) ?? [];
    if (go === undefined || LEFT_OUT.has(json)) return [];
    const type = typeOf(go, group);
    const isPlain = Object.values(SCALARS).includes(type) && !go.startsWith('*');
    return [{ text: `${number} ${json || '.'} ${type}${isPlain && options.includes('omitempty') ? '?' : ''}`, type }];
  });
}

const messages = new Map<string, readonly string[]>();
for (let waiting = [...LISTS], message = waiting.pop(); message !== undefined; message = waiting.pop()) {
  if (messages.has(message)) continue;
  const rows = rowsOf(message);
  messages.set(
    message,
    rows.map(({ text }) => text),
  );
  waiting.push(...rows.map(({ type }) => type.replace(/^[[{]|[\]}]$/g, '')).filter((type) => type.includes('.')));
}
const lines = [...messages].sort().map(([message, rows]) => `  ${JSON.stringify(message)}: ${JSON.stringify(rows)}`);
writeFileSync(join(import.meta.dirname, '../src/cluster/live/protobuf/messages.json'), `{\n${lines.join(',\n')}\n}\n`);
