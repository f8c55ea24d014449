import { type LabelSelector, type Labels, matchesLabels, selects } from '../domain/kubernetes/label-selector.ts';

interface Entry<T> {
  readonly labels: Labels;
  readonly item: T;
}

interface Space<T> {
  readonly items: Entry<T>[];
  readonly byPair: Map<string, Entry<T>[]>;
}

/** Answers "which of them does this selector match" without asking each: by namespace, then by the rarest label pair. */
export class LabelIndex<T> {
  readonly #spaces = new Map<string, Space<T>>();

  add(namespace: string | undefined, labels: Labels | undefined, item: T): void {
    const space: Space<T> = this.#spaces.get(namespace ?? '') ?? { items: [], byPair: new Map() };
    this.#spaces.set(namespace ?? '', space);
    const entry = { labels: labels ?? {}, item };
    space.items.push(entry);
    for (const [key, value] of Object.entries(entry.labels)) {
      const pair = `${key}=${value}`;
      const list = space.byPair.get(pair);
      if (list) list.push(entry);
      else space.byPair.set(pair, [entry]);
    }
  }

  /** As a Service selects: an empty selector selects nothing. */
  selected(namespace: string | undefined, selector: Labels | undefined): T[] {
    return this.#candidates(namespace, selector).flatMap(({ labels, item }) => (selects(selector, labels) ? [item] : []));
  }

  /** As a policy selects: an empty selector matches everything. */
  matching(namespace: string | undefined, selector: LabelSelector | undefined): T[] {
    return this.#candidates(namespace, selector?.matchLabels).flatMap(({ labels, item }) => (matchesLabels(selector, labels) ? [item] : []));
  }

  all(namespace: string | undefined): readonly Entry<T>[] {
    return this.#spaces.get(namespace ?? '')?.items ?? [];
  }

  #candidates(namespace: string | undefined, pairs: Labels | undefined): readonly Entry<T>[] {
    const space = this.#spaces.get(namespace ?? '');
    if (space === undefined) return [];
    let best: readonly Entry<T>[] = space.items;
    for (const [key, value] of Object.entries(pairs ?? {})) {
      const list = space.byPair.get(`${key}=${value}`) ?? [];
      if (list.length < best.length) best = list;
    }
    return best;
  }
}
