/** The last `size` values. */
export class Ring<T> {
  readonly #size: number;
  readonly #values: T[] = [];
  #next = 0;

  constructor(size: number) {
    this.#size = size;
  }

  push(value: T): void {
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.#size;
  }

  /** Oldest first. */
  values(): T[] {
    return this.#values.length < this.#size ? [...this.#values] : [...this.#values.slice(this.#next), ...this.#values.slice(0, this.#next)];
  }
}
