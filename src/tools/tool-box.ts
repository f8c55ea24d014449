import { nearNames } from '../domain/near-names.ts';
import { asCoded } from '../errors/coded-error.ts';
import { orAborted } from '../net/or-aborted.ts';
import { traced } from '../trace/span.ts';
import { BadArguments, nothing, type Tool, type ToolAnswer } from './tool.ts';

const LIMIT_MS = 20_000;

/** All tools of a run, by name. A call always answers: what goes wrong is its answer. */
export class ToolBox {
  readonly tools: readonly Tool[];
  readonly #limitMs: number;

  constructor(tools: readonly Tool[], limitMs: number = LIMIT_MS) {
    this.tools = tools;
    this.#limitMs = limitMs;
  }

  /** Throws only the reason of `signal`. */
  async call(name: string, given: unknown, signal: AbortSignal): Promise<ToolAnswer> {
    const found = this.tools.find((tool) => tool.name === name);
    if (found === undefined) {
      const near = nearNames(
        name,
        this.tools.map((tool) => tool.name),
      );
      return nothing(`there is no tool ${JSON.stringify(name)}${near.length === 0 ? '' : `; near: ${near.join(', ')}`}`);
    }
    const about = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': name, 'sre_orch.tool.source': found.source };
    return traced(`execute_tool ${name}`, { attributes: about }, async (span) => {
      const answer = await this.#answer(found, given, signal);
      span.set({ 'sre_orch.pieces': answer.pieces.length });
      return answer;
    });
  }

  async #answer(found: Tool, given: unknown, signal: AbortSignal): Promise<ToolAnswer> {
    const limitMs = Math.max(this.#limitMs, found.limitMs ?? 0);
    const limited = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    try {
      return await orAborted(found.run(given, limited), limited);
    } catch (error) {
      signal.throwIfAborted();
      if (limited.aborted) return nothing(`no answer within ${limitMs / 1_000} s`);
      return nothing(error instanceof BadArguments ? `the arguments cannot be used: ${error.message}` : asCoded(error).message);
    }
  }
}
