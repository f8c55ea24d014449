import MESSAGES from './messages.json' with { type: 'json' };

export type MessageName = keyof typeof MESSAGES;

/** How the value of a field is written. */
export type ValueType = 'string' | 'int' | 'bool' | 'time' | 'micro-time' | 'quantity' | 'int-or-string' | MessageType;

export interface Field {
  /** As in JSON. */
  readonly name: string;
  readonly type: ValueType;
  readonly repeats: 'list' | 'map' | undefined;
  /** Not written in JSON where it is empty, zero or false. */
  readonly omitEmpty: boolean;
  /** Its fields stand in JSON beside those of the message it is in. */
  readonly inline: boolean;
}

/** A message by the numbers of its fields. */
export interface MessageType {
  /** Pods of one template have it alike. */
  readonly isRepeated: boolean;
  readonly fields: readonly (Field | undefined)[];
}

const REPEATED: ReadonlySet<string> = new Set<MessageName>([
  'core/v1.Affinity',
  'core/v1.ContainerPort',
  'core/v1.EnvVar',
  'core/v1.EventSource',
  'core/v1.Probe',
  'core/v1.ProjectedVolumeSource',
  'core/v1.ResourceRequirements',
  'core/v1.SecurityContext',
  'core/v1.Toleration',
  'meta/v1.LabelSelector',
  'meta/v1.OwnerReference',
]);

const known = new Map<string, MessageType>();

/** Made of messages.json when first asked for. A message may hold itself, so it is known before its fields are. */
export function messageType(name: MessageName): MessageType {
  const made = known.get(name);
  if (made !== undefined) return made;
  const type: { fields: (Field | undefined)[]; isRepeated: boolean } = { fields: [], isRepeated: REPEATED.has(name) };
  known.set(name, type);
  fillIn(type.fields, MESSAGES[name]);
  return type;
}

/** A message by its rows, as they stand in messages.json. */
export function messageOf(rows: readonly string[]): MessageType {
  const fields: (Field | undefined)[] = [];
  fillIn(fields, rows);
  return { fields, isRepeated: false };
}

function fillIn(fields: (Field | undefined)[], rows: readonly string[]): void {
  for (const row of rows) {
    const [number = '', name = '', type = ''] = row.split(' ');
    fields[Number(number)] = fieldOf(name, type);
  }
}

/** `[T]`: a list; `{T}`: a map from names; `T?`: not written where it is empty. */
function fieldOf(name: string, type: string): Field {
  const bare = type.replace(/^[[{]|[\]}?]$/g, '');
  const repeats = type.startsWith('[') ? 'list' : type.startsWith('{') ? 'map' : undefined;
  return { name, type: repeats === 'map' ? entryOf(bare) : typeOf(bare), repeats, omitEmpty: type.endsWith('?'), inline: name === '.' };
}

function typeOf(name: string): ValueType {
  return name.includes('/') ? messageType(name as MessageName) : (name as ValueType);
}

/** An entry of a map is a message of its key and its value. */
function entryOf(value: string): MessageType {
  return messageOf(['1 key string', `2 value ${value}`]);
}
