import type { ChainLink } from '../domain/cause.ts';
import { type ObjectRef, sameObject } from '../domain/object-ref.ts';
import type { Scope } from '../domain/report.ts';
import type { Branch, Spread } from './spread.ts';

/** Links beyond this are left to `affected`, which names every object. */
const MAX_LINKS = 12;

/**
 * The chain of a root cause: first the way from the root to what the question is about (without a question, to the outermost
 * symptom), then further branches of the same tree, nearest first. Every link's `from` is the root or the `to` of a link before it.
 */
export function chainOf({ branches }: Spread, scope: Scope): ChainLink[] {
  const links: ChainLink[] = [];
  for (const branch of [...targetsOf(branches, scope), ...branches]) {
    for (const link of wayTo(branch)) if (!links.includes(link)) links.push(link);
  }
  return links.slice(0, Math.max(MAX_LINKS, mainLength(branches, scope)));
}

/** Everything below the root, at owner level, nearest first; never the root itself. */
export function affectedBy({ branches }: Spread): ObjectRef[] {
  return branches.slice(1).map(({ object }) => object);
}

/** True when the question names the root's object or one that it reaches. */
export function explainsQuestion({ branches }: Spread, scope: Scope): boolean {
  return branches.some(({ object }) => isNamed(object, scope));
}

function targetsOf(branches: readonly Branch[], scope: Scope): Branch[] {
  const named = branches.filter(({ object }) => isNamed(object, scope));
  if (named.length > 0) return named.toSorted((a, b) => b.depth - a.depth);
  return branches.toSorted((a, b) => outwardness(b) - outwardness(a) || b.depth - a.depth).slice(0, 1);
}

/** How near to the people outside an object stands. */
function outwardness({ object, troubled }: Branch): number {
  if (object.kind === 'Ingress') return 3;
  if (troubled && object.kind !== 'Service') return 2;
  return object.kind === 'Service' ? 1 : 0;
}

function mainLength(branches: readonly Branch[], scope: Scope): number {
  return Math.max(
    0,
    ...targetsOf(branches, scope)
      .slice(0, 1)
      .map(({ depth }) => depth),
  );
}

function wayTo(branch: Branch): ChainLink[] {
  const way: ChainLink[] = [];
  for (let at: Branch | undefined = branch; at?.link !== undefined; at = at.parent) way.unshift(at.link);
  return way;
}

function isNamed(object: ObjectRef, scope: Scope): boolean {
  return scope.objects.some((named) => sameObject(named, object));
}
