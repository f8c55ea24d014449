import { counted } from '../domain/counted.ts';
import type { Effect } from '../domain/effect.ts';
import type { Finding } from '../domain/finding.ts';
import { labelsTogether, type ObjectRef } from '../domain/object-ref.ts';
import type { EdgeType } from '../topology/graph.ts';

const EDGE_SENTENCES: Readonly<Record<EdgeType, (from: string, to: string) => string>> = {
  'owned-by': (from, to) => `${from} belongs to ${to}`,
  'runs-as': (from, to) => `${from} runs as ${to}`,
  selects: (from, to) => `${from} sends its traffic to the pods of ${to}`,
  'routes-to': (from, to) => `${from} routes to ${to}`,
  calls: (from, to) => `${from} calls ${to}`,
  mounts: (from, to) => `${from} mounts ${to}`,
  reads: (from, to) => `${from} reads ${to}`,
  uses: (from, to) => `${from} uses ${to}`,
  'runs-on': (from, to) => `${from} has pods on ${to}`,
  binds: (from, to) => `${from} is bound to ${to}`,
  'provisioned-by': (from, to) => `${from} is provisioned by ${to}`,
  'made-from': (from, to) => `${from} is made from ${to}`,
  'admitted-by': (from, to) => `Pods of ${from} are admitted by ${to}`,
  'resolves-with': (from, to) => `${from} resolves names with ${to}`,
  scales: (from, to) => `${from} scales ${to}`,
  'restricted-by': (from, to) => `${from} is restricted by ${to}`,
  'disturbed-by': (from, to) => `${to} disturbs the pods of ${from}`,
  'depends-on': (from, to) => `${from} depends on ${to}`,
};

/** What an edge of need says, in words. */
export function edgeSentence(type: EdgeType, from: ObjectRef, to: ObjectRef): string {
  return EDGE_SENTENCES[type](...labelsTogether(from, to));
}

const HURT_SENTENCES: Readonly<Partial<Record<Effect, (blamed: string, hurt: string) => string>>> = {
  'not-produced': (blamed, hurt) => `${hurt} needs what ${blamed} does not deliver`,
  'image-not-pulled': (blamed, hurt) => `${hurt} waits for an image from ${blamed}`,
  misconfigured: (blamed, hurt) => `${hurt} reads ${blamed}`,
  'quota-exhausted': (blamed, hurt) => `${blamed} leaves no room for ${hurt}`,
  'admission-blocked': (blamed, hurt) => `${blamed} refuses what ${hurt} creates`,
  'not-created': (blamed, hurt) => `${blamed} keeps the pods of ${hurt} from being created`,
  unavailable: (blamed, hurt) => `${hurt} needs ${blamed}, which does not serve`,
  'node-down': (blamed, hurt) => `${hurt} has pods on ${blamed}`,
  'node-pressure': (blamed, hurt) => `${hurt} has pods on ${blamed}`,
  'network-degraded': (blamed, hurt) => `${hurt} depends on the network of ${blamed}`,
  'node-excluded': (blamed, hurt) => `Pods of ${hurt} cannot be placed on ${blamed}`,
  'claim-unbound': (blamed, hurt) => `${hurt} waits for ${blamed}`,
  'volume-unusable': (blamed, hurt) => `${hurt} cannot use ${blamed}`,
  'traffic-blocked': (blamed, hurt) => `${blamed} blocks traffic of ${hurt}`,
  disturbed: (blamed, hurt) => `${blamed} disturbs the pods of ${hurt}`,
  'traffic-disturbed': (blamed, hurt) => `${blamed} disturbs the traffic of ${hurt}`,
  'certificate-invalid': (blamed, hurt) => `${hurt} relies on the certificate of ${blamed}`,
  'control-plane-down': (blamed, hurt) => `${hurt} waits for ${blamed}`,
  'dns-down': (blamed, hurt) => `${hurt} resolves names with ${blamed}`,
};

/** How a blamed object hurts another on which its trouble was seen; undefined where the effect does not say. */
export function hurtSentence(effect: Effect, blamed: ObjectRef, hurt: ObjectRef): string | undefined {
  return HURT_SENTENCES[effect]?.(...labelsTogether(blamed, hurt));
}

/** The same of any effect. */
export function troubleSentence(blamed: ObjectRef, hurt: ObjectRef): string {
  const [cause, sufferer] = labelsTogether(blamed, hurt);
  return `${sufferer} is in trouble through ${cause}`;
}

/** Of further callers that fail as the first one, whose words are told. */
export function sameTroubleSentence(blamed: ObjectRef, hurt: ObjectRef): string {
  const [cause, sufferer] = labelsTogether(blamed, hurt);
  return `${sufferer} has the same trouble with ${cause}`;
}

/** What a finding says, and on how many more objects. */
export function mechanismOf({ mechanism, subjects }: Pick<Finding, 'mechanism' | 'subjects'>): string {
  const more = subjects.length - 1;
  if (more < 1) return mechanism;
  const kinds = new Set(subjects.map(({ kind }) => kind));
  const noun = kinds.size === 1 ? ([...kinds][0] ?? 'object') : 'object';
  return `${mechanism} (the same on ${counted(more, `more ${noun}`)})`;
}
