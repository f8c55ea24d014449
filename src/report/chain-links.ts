import type { ChainLink, RootCause } from '../domain/cause.ts';
import { refKey } from '../domain/object-ref.ts';

/** A link with what hangs below the object that it leads to. */
export interface ChainNode {
  readonly link: ChainLink;
  readonly below: readonly ChainNode[];
}

/** The chain as a tree below the root's object. A link that comes twice, or that starts nowhere, stands at the top once. */
export function chainTree({ object, chain }: Pick<RootCause, 'object' | 'chain'>): ChainNode[] {
  const remaining = new Set(chain);
  const grow = (key: string): ChainNode[] => {
    const links = [...remaining].filter((link) => refKey(link.from) === key);
    for (const link of links) remaining.delete(link);
    return links.map((link) => ({ link, below: grow(refKey(link.to)) }));
  };
  const top = grow(refKey(object));
  for (const link of chain) if (remaining.delete(link)) top.push({ link, below: grow(refKey(link.to)) });
  return top;
}
