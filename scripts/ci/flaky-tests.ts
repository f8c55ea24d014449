import type { Reporter, TestCase } from 'vitest/node';

/** Names the tests that passed only when they were run again, so that a second try hides nothing. */
export default class FlakyTests implements Reporter {
  readonly #names: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.#names.push(`${test.module.relativeModuleId} > ${test.fullName}`);
  }

  onTestRunEnd(): void {
    for (const name of this.#names) process.stdout.write(`passed only when run again: ${name}\n`);
  }
}
