import { technologyOf } from '../topology/knowledge/technology.ts';
import type { PodContainer } from './container-spec.ts';
import type { FactContext } from './context.ts';

/** The data store or queue that a container is: by its image, else by a port that it declares. */
export function storeOf({ knowledge }: FactContext, { spec }: Pick<PodContainer, 'spec'>): string | null {
  const images = spec.image === undefined ? [] : [spec.image];
  const ports = [null, ...(spec.ports ?? []).map(({ containerPort }) => containerPort)];
  for (const port of ports) {
    const technology = technologyOf(knowledge, { images, port });
    if (technology !== undefined) return technology.name;
  }
  return null;
}
