import type { Reference } from '../domain/facts/shapes.ts';
import type { ContainerSpec, PodSpec } from '../domain/kubernetes/pod.ts';
import { type PodContainer, type SpecPart, specPart } from './container-spec.ts';
import type { FactContext } from './context.ts';
import { containerReferences, missingReferences } from './references.ts';
import { storeOf } from './store-of.ts';

/** What a container's facts hold whichever pod of its template it runs in. */
export interface ContainerTemplate {
  readonly spec: SpecPart;
  readonly serves: string | null;
  readonly references: Reference[];
  readonly missing: string[];
  readonly ports: readonly number[];
}

interface Made {
  readonly namespace: string | undefined;
  readonly volumes: PodSpec['volumes'];
  readonly security: PodSpec['securityContext'];
  readonly template: ContainerTemplate;
}

/** Makes it once for all pods whose parts are one and the same object, as they are when read (evidence/collect/project-pod.ts). */
export function containerTemplates(context: FactContext): (container: PodContainer) => ContainerTemplate {
  const known = new WeakMap<ContainerSpec, Made>();
  return (container) => {
    const { namespace } = container.pod.metadata;
    const { volumes, securityContext: security } = container.pod.spec;
    const made = known.get(container.spec);
    if (made !== undefined && made.namespace === namespace && made.volumes === volumes && made.security === security) return made.template;
    const template = templateOf(context, container);
    known.set(container.spec, { namespace, volumes, security, template });
    return template;
  };
}

function templateOf(context: FactContext, container: PodContainer): ContainerTemplate {
  const { pod, spec } = container;
  const references = containerReferences(context.inventory, pod.metadata.namespace ?? '', pod.spec, spec);
  return {
    spec: specPart(container),
    serves: storeOf(context, container),
    references,
    missing: missingReferences(references),
    ports: (spec.ports ?? []).map(({ containerPort }) => containerPort),
  };
}
