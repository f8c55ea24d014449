import { type Gap, gap } from './gap.ts';

/** A failure of a read that a caller can act on: begin the list anew, come back later, ask for less. */
export type ReadFailure = 'expired' | 'throttled' | 'late';

/**
 * What a read told us. Only `not-found` may become "does not exist": `forbidden` and `not-collected` prove nothing,
 * and carry in `needs` what would have proved something ("get configmaps in shop", "shop/configmaps.json in the dump").
 */
export type Lookup<T> =
  | { readonly status: 'found'; readonly value: T; readonly readAt: string }
  | { readonly status: 'not-found'; readonly readAt: string }
  | { readonly status: 'forbidden'; readonly needs: string }
  | { readonly status: 'not-collected'; readonly needs: string; readonly reason?: string; readonly failure?: ReadFailure };

export type LookupStatus = Lookup<unknown>['status'];

/** A lookup that proves nothing becomes a gap; one that proves something does not. */
export function gapOf(what: string, lookup: Lookup<unknown>): Gap | undefined {
  switch (lookup.status) {
    case 'found':
    case 'not-found':
      return undefined;
    case 'forbidden':
      return gap(what, 'forbidden', lookup.needs);
    case 'not-collected':
      return gap(what, 'not-collected', lookup.needs, lookup.reason);
  }
}
