import type { Entities } from '../../domain/entities.ts';
import type { Inventory } from '../../domain/inventory.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import { podTemplateOf, type Workload } from '../../domain/kubernetes/workload.ts';
import { nearness } from '../../domain/near-names.ts';

/** Kinds with labels that people speak of. */
const LABELLED: readonly Kind[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Service', 'Namespace'];

/**
 * What the question is about and bears another name is not missing: a namespace that was read, the application that labels name,
 * the program of an image, the cluster itself. `elsewhere`: names of these that no object tells.
 */
export function withoutOtherNames(unresolved: Entities['unresolved'], inventory: Inventory, elsewhere: readonly string[]): Entities['unresolved'] {
  if (!unresolved.some(({ asked }) => asked)) return unresolved;
  const known = [...new Set([...inventory.namespaces, ...elsewhere, ...otherNames(inventory)])];
  return unresolved.flatMap((each) => {
    if (!each.asked || !known.some((name) => nearness(each.word, name) !== undefined)) return [each];
    return each.near.length > 0 ? [{ ...each, asked: false }] : [];
  });
}

function* otherNames(inventory: Inventory): Iterable<string> {
  for (const kind of LABELLED) {
    for (const object of inventory.list<Workload>(kind)) {
      const template = kind === 'Service' || kind === 'Namespace' ? undefined : podTemplateOf(object);
      yield* Object.values({ ...object.metadata.labels, ...template?.metadata?.labels });
      for (const { name, image = '' } of template?.spec.containers ?? []) yield* [name, programOf(image)];
    }
  }
}

/** `registry:5000/team/postgres:15@sha256:…` runs postgres. */
function programOf(image: string): string {
  return (image.split('/').at(-1) ?? '').replace(/[:@].*$/, '');
}
