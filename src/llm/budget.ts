import type { Usage } from './chat.ts';

export interface BudgetLimits {
  /** Rounds of the model. */
  readonly steps: number;
  /** Read and written, together. */
  readonly tokens: number;
  readonly milliseconds: number;
  /** In the currency of the prices. */
  readonly cost?: number | undefined;
}

/** Of a million tokens, in whatever currency the user counts. */
export interface Prices {
  readonly input: number;
  readonly output: number;
}

export interface Spent {
  readonly calls: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly estimated: boolean;
  readonly seconds: number;
  readonly cost?: number;
}

/** What tokens cost, to a millionth of the currency's unit. */
export function costOf({ input: read, output: written }: Prices, { input, output }: Pick<Usage, 'input' | 'output'>): number {
  return Math.round(input * read + output * written) / 1e6;
}

/** Part of each limit that is kept back for the final answer. */
const RESERVE = 0.2;

/** What a run may still spend on its model, and what it has spent. */
export class Budget {
  readonly limits: BudgetLimits;
  readonly #prices: Prices | undefined;
  readonly #now: () => number;
  #started: number | undefined;
  #calls = 0;
  #steps = 0;
  #input = 0;
  #output = 0;
  #estimated = false;
  #modelMs = 0;

  constructor(limits: BudgetLimits, prices: Prices | undefined, now: () => number = () => performance.now()) {
    this.limits = limits;
    this.#prices = prices;
    this.#now = now;
  }

  take({ input, output, estimated }: Usage, milliseconds = 0): void {
    this.#calls += 1;
    this.#input += input;
    this.#output += output;
    this.#estimated ||= estimated;
    this.#modelMs += milliseconds;
  }

  countStep(): void {
    this.#steps += 1;
  }

  /** Which limit forbids another round, in words; the reserve for the final answer is not for rounds. */
  spentBy(): string | undefined {
    const { steps, tokens, milliseconds, cost } = this.limits;
    if (this.#steps >= steps) return `${steps} steps`;
    if (this.#input + this.#output >= tokens * (1 - RESERVE)) return `${tokens} tokens`;
    if (this.elapsedMs >= milliseconds * (1 - RESERVE)) return `${Math.round(milliseconds / 1_000)} s`;
    if (cost !== undefined && (this.#cost() ?? 0) >= cost * (1 - RESERVE)) return `a cost of ${cost}`;
    return undefined;
  }

  /** What is spent of each limit, for the screen. */
  spentInWords(): string {
    const { steps, tokens, milliseconds, cost: most } = this.limits;
    const { input_tokens: read, output_tokens: written, cost } = this.spent();
    return [
      `step ${this.#steps} of ${steps}`,
      `${read + written} of ${tokens} tokens`,
      `${Math.round(this.elapsedMs / 1_000)} of ${Math.round(milliseconds / 1_000)} s`,
      ...(cost === undefined ? [] : [`cost ${cost}${most === undefined ? '' : ` of ${most}`}`]),
    ].join(', ');
  }

  get steps(): number {
    return this.#steps;
  }

  get elapsedMs(): number {
    // Counted from when somebody first looks: what is read before is not the model's time.
    this.#started ??= this.#now();
    return this.#now() - this.#started;
  }

  /** Before nothing at all may be asked any more. */
  get leftMs(): number {
    return Math.max(0, this.limits.milliseconds - this.elapsedMs);
  }

  /** Before rounds must stop for the final answer. */
  get leftForRoundsMs(): number {
    return Math.max(0, this.limits.milliseconds * (1 - RESERVE) - this.elapsedMs);
  }

  spent(): Spent {
    const cost = this.#cost();
    return {
      calls: this.#calls,
      input_tokens: this.#input,
      output_tokens: this.#output,
      estimated: this.#estimated,
      seconds: Math.round(this.#modelMs / 100) / 10,
      ...(cost === undefined ? {} : { cost }),
    };
  }

  #cost(): number | undefined {
    return this.#prices && costOf(this.#prices, { input: this.#input, output: this.#output });
  }
}
