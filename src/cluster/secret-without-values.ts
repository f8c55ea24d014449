import { isRecord } from '../domain/is-record.ts';
import { type Secret, type SecretTold, secretToldSchema } from '../domain/kubernetes/secret.ts';

/** kubectl apply leaves a copy of the whole object here, of a Secret with its values. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Name, labels, type and keys of what was read as a Secret. Who read metadata alone sent no type, and knows of no keys. */
export function secretWithoutValues(raw: Readonly<Record<string, unknown>>, told: SecretTold | undefined = toldBy(raw)): Secret {
  const { apiVersion, metadata, type, data, stringData } = raw;
  const keys = [data, stringData].flatMap((values) => (isRecord(values) ? Object.keys(values) : []));
  const isWhole = typeof type === 'string' || isRecord(data) || isRecord(stringData);
  return {
    ...(typeof apiVersion === 'string' ? { apiVersion } : {}),
    kind: 'Secret',
    metadata: withoutLastApplied(metadata as Readonly<Record<string, unknown>>) as unknown as Secret['metadata'],
    ...(typeof type === 'string' ? { type } : {}),
    ...(isWhole ? { data: Object.fromEntries(keys.map((key) => [key, ''])) } : {}),
    ...(told === undefined ? {} : { told }),
  };
}

/** What another reader has told of it: an agent. */
function toldBy({ told }: Readonly<Record<string, unknown>>): SecretTold | undefined {
  const parsed = secretToldSchema.safeParse(told);
  return parsed.success ? parsed.data : undefined;
}

function withoutLastApplied(metadata: Readonly<Record<string, unknown>>): object {
  const { annotations } = metadata;
  if (!isRecord(annotations) || annotations[LAST_APPLIED] === undefined) return metadata;
  const { [LAST_APPLIED]: _, ...others } = annotations;
  return { ...metadata, annotations: others };
}
