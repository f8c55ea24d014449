import * as z from 'zod';
import { EFFECTS } from '../../src/domain/effect.ts';
import { SUBJECTS, type Subject } from '../../src/domain/fact.ts';
import { ROLES } from '../../src/domain/facts/roles.ts';
import { FACT_SCHEMAS } from '../../src/domain/facts/schemas.ts';

const WHAT: Readonly<Record<Subject, string>> = {
  Container: 'one container of a pod, with its probes, its limits, its image and what ended it',
  Pod: 'a pod as the scheduler, the kubelet and its volumes see it',
  Workload: 'what owns pods or makes them: Deployment, StatefulSet, DaemonSet, Job, CronJob',
  Service: 'a Service with its selector, its ports and the pods behind it',
  Ingress: 'an Ingress with what it routes to',
  Claim: 'a PersistentVolumeClaim with its class, its volume and who uses it',
  Volume: 'a PersistentVolume with its attachments',
  Node: 'a node with its conditions, taints and what runs on it',
  Namespace: 'a namespace, where it does not go away',
  ResourceQuota: 'a quota and what it refused',
  LimitRange: 'a limit range and what it refused',
  Autoscaler: 'a HorizontalPodAutoscaler with what it measures',
  DisruptionBudget: 'a PodDisruptionBudget and what waits for it',
  Webhook: 'an admission webhook with what it stands before',
  ApiService: 'an aggregated API',
  NetworkPolicy: 'a policy with who it shuts out',
  Dependency: 'what a workload calls, as its own log or the health of the other side tells',
  ServiceHealth: 'what metrics and alerts say of a service',
  NodeService: 'kubelet, container runtime, kube-proxy and the like of one node',
  Resource: 'an object of another API: Certificate, ExternalSecret, a resource of an operator',
  Experiment: 'a chaos experiment that is at work',
};
/** Deeper than this a table says less than the rule that reads it. */
const DEEPEST = 3;

type Schema = z.core.JSONSchema.BaseSchema;

/** docs/facts.md: what a rule can see of each subject, from the schemas that conditions are checked against. */
export function renderFacts(): string {
  return `${[
    '# Facts',
    '',
    'What [rules](rules.md) see, written by `npm run docs` from the schemas that every condition is checked against. `?` behind a type: null where it is not known. `[]` behind a field: one of a list. Ages and durations (`_s`) are seconds, sizes are bytes or cores.',
    '',
    '| subject | what it is |',
    '|---|---|',
    ...SUBJECTS.map((subject) => `| [${subject}](#${subject.toLowerCase()}) | ${WHAT[subject]} |`),
    '',
    `**Effects**, of which chains are built: ${EFFECTS.map((effect) => `\`${effect}\``).join(', ')}. Which of them can lead to which, and along what, is a table: \`src/correlate/mechanisms.ts\`.`,
    ...SUBJECTS.flatMap(section),
  ].join('\n')}\n`;
}

function section(subject: Subject): string[] {
  const { one, several } = ROLES[subject];
  const named = (roles: readonly string[]): string => roles.map((role) => `\`${role}\``).join(', ');
  return [
    '',
    `## ${subject}`,
    '',
    `${WHAT[subject][0]?.toUpperCase()}${WHAT[subject].slice(1)}.`,
    '',
    `Others by role: \`self\`${one.length === 0 ? '' : `, ${named(one)}`}${several.length === 0 ? '' : `; groups, for \`victims\` and \`via\`: ${named(several)}`}.`,
    '',
    '| field | type | meaning |',
    '|---|---|---|',
    ...fieldsOf(z.toJSONSchema(FACT_SCHEMAS[subject]) as Schema, '', 1),
  ];
}

function fieldsOf(schema: Schema, prefix: string, depth: number): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const field = value as Schema;
    const [own, isNull] = withoutNull(field);
    const isList = own.type === 'array';
    const inner = isList ? withoutNull((own.items ?? {}) as Schema)[0] : own;
    const path = `${prefix}${name}${isList ? '[]' : ''}`;
    const meaning = [field.description ?? own.description ?? inner.description ?? '', choices(inner)].filter(Boolean).join(': ');
    const row = `| \`${path}\` | ${typeOf(inner)}${isNull ? '?' : ''} | ${meaning.replaceAll('|', '\\|')} |`;
    return [row, ...(depth < DEEPEST ? fieldsOf(inner, `${path}.`, depth + 1) : [])];
  });
}

function withoutNull(schema: Schema): [Schema, boolean] {
  if (Array.isArray(schema.type)) return [{ ...schema, type: schema.type.find((type: string) => type !== 'null') } as Schema, schema.type.includes('null')];
  const kinds = (schema.anyOf ?? []) as Schema[];
  const others = kinds.filter(({ type }) => type !== 'null');
  return kinds.length > others.length ? [others.length === 1 ? (others[0] ?? {}) : { anyOf: others }, true] : [schema, false];
}

function typeOf({ type, enum: among, properties, additionalProperties, anyOf }: Schema): string {
  if (among !== undefined) return 'choice';
  if (anyOf !== undefined) return (anyOf as Schema[]).map(typeOf).join(' or ');
  if (type === 'object') return properties === undefined && additionalProperties !== undefined ? 'map' : 'object';
  return String(type ?? 'any');
}

function choices({ enum: among }: Schema): string {
  return among === undefined
    ? ''
    : among
        .filter((choice: unknown) => choice !== null)
        .map((choice: unknown) => `\`${choice}\``)
        .join(', ');
}
