import * as z from 'zod';
import type { EvidenceDraft } from '../domain/evidence.ts';

/** What a tool found: pieces that can be cited, and what a person should know besides. */
export interface ToolAnswer {
  readonly pieces: readonly EvidenceDraft[];
  /** Why there is nothing, or what was cut. */
  readonly note: string | null;
}

export type ToolSource = 'cluster' | 'graph' | 'rules' | 'metrics' | 'runbooks' | 'mcp';

/** One thing that can be asked. It reads; there is none that writes to a cluster. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly source: ToolSource;
  /** JSON Schema of its arguments, an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** How long it may take, where that is longer than what all may. */
  readonly limitMs?: number;
  /** Throws a sentence for arguments that it cannot use. */
  run(given: unknown, signal: AbortSignal): Promise<ToolAnswer>;
}

interface Definition<T extends z.ZodObject> {
  readonly name: string;
  readonly description: string;
  readonly source: ToolSource;
  readonly input: T;
  run(input: z.infer<T>, signal: AbortSignal): Promise<ToolAnswer>;
}

/** Arguments that a tool cannot use; told to whoever asked, who can ask again. */
export class BadArguments extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'BadArguments';
  }
}

/** A tool of a shape that is checked before it runs. */
export function tool<T extends z.ZodObject>({ input, run, ...rest }: Definition<T>): Tool {
  const { $schema: _, ...parameters } = z.toJSONSchema(input, { io: 'input' });
  return {
    ...rest,
    parameters,
    run: async (given, signal) => {
      const parsed = input.safeParse(withoutNulls(given));
      if (!parsed.success) throw new BadArguments(parsed.error.issues.map(problemText).join('; '));
      return run(parsed.data, signal);
    },
  };
}

function problemText({ path, message }: z.core.$ZodIssue): string {
  const where = path.join('.') || 'arguments';
  return message.endsWith('received undefined') ? `${where} is missing` : `${where}: ${message}`;
}

/** Models write null and "" where they mean nothing. */
function withoutNulls(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given ?? {};
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== ''));
}

export const nothing = (note: string): ToolAnswer => ({ pieces: [], note });
