// node scripts/kubernetes-schema.ts SWAGGER_JSON OUT.json.gz
// Of the OpenAPI document of a Kubernetes release (api/openapi-spec/swagger.json) what the chart renders, without descriptions.
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Definitions = Readonly<Record<string, { readonly [key: string]: Json }>>;

const KINDS = new Set(
  'ConfigMap CronJob ClusterRole ClusterRoleBinding Deployment HorizontalPodAutoscaler Ingress Job Namespace NetworkPolicy PersistentVolumeClaim Pod PodDisruptionBudget Role RoleBinding Secret Service ServiceAccount StatefulSet'.split(
    ' ',
  ),
);

function withoutWords(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (key === 'description' && typeof each === 'string' ? [] : [[key, withoutWords(each)]])),
  );
}

function refsIn(value: Json): string[] {
  return [...JSON.stringify(value).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)].map(([, name = '']) => name);
}

const [from = '', to = ''] = process.argv.slice(2);
const { definitions } = JSON.parse(readFileSync(from, 'utf8')) as { definitions: Definitions };
const isRendered = ([, schema]: [string, Definitions[string]]): boolean => {
  const names = (schema['x-kubernetes-group-version-kind'] ?? []) as readonly { kind: string }[];
  return names.length === 1 && KINDS.has(names[0]?.kind ?? '');
};
const waiting = Object.entries(definitions)
  .filter((entry) => isRendered(entry as [string, Definitions[string]]))
  .map(([name]) => name);
const kept = new Set<string>();
for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
  if (kept.has(name)) continue;
  kept.add(name);
  waiting.push(...refsIn(definitions[name] ?? null));
}
const trimmed = Object.fromEntries([...kept].sort().map((name) => [name, withoutWords(definitions[name] ?? null)]));
writeFileSync(to, gzipSync(JSON.stringify(trimmed), { level: 9 }));
