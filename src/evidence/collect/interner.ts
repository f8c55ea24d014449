/** Gives one object for all that are alike: of twenty pods of one ReplicaSet all but one have the same containers, labels and owners. */
export class Interner {
  readonly #known = new Map<string, object>();

  /** `value` itself when it is the first of its content. It must not be changed afterwards. */
  intern<T extends object>(value: T): T {
    const content = JSON.stringify(value);
    const known = this.#known.get(content);
    if (known !== undefined) return known as T;
    this.#known.set(content, value);
    return value;
  }
}
