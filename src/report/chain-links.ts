import type { ChainLink, RootCause } from '../domain/cause.ts';
import { type ObjectRef, refKey } from '../domain/object-ref.ts';

/** A link with what hangs below the object that it leads to. */
export interface ChainNode {
  readonly link: ChainLink;
  readonly below: readonly ChainNode[];
}

/** Where the chain begins: at the root's object, or at what was changed and leads to it. */
export function chainHead({ object, chain }: Pick<RootCause, 'object' | 'chain'>): ObjectRef {
  const [first] = chain;
  return first !== undefined && refKey(first.to) === refKey(object) ? first.from : object;
}

/** The chain as a tree below its head. A link that comes twice, or that starts nowhere, stands at the top once. */
export function chainTree({ object, chain }: Pick<RootCause, 'object' | 'chain'>): ChainNode[] {
  const remaining = new Set(chain);
  const grow = (key: string): ChainNode[] => {
    const links = [...remaining].filter((link) => refKey(link.from) === key);
    for (const link of links) remaining.delete(link);
    return links.map((link) => ({ link, below: grow(refKey(link.to)) }));
  };
  const top = grow(refKey(chainHead({ object, chain })));
  for (const link of chain) if (remaining.delete(link)) top.push({ link, below: grow(refKey(link.to)) });
  return top;
}
