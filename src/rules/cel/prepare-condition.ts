import { celEnvironment } from './environment.ts';
import { type Guard, guardOf } from './guard.ts';
import { rewriteCalls } from './rewrite.ts';

/** What can be known of a condition before a run: its guard, and the expression as our environment evaluates it. */
export interface PreparedCondition {
  readonly guard: Guard | null;
  readonly expression: string;
}

export function prepareCondition(expression: string): PreparedCondition {
  const { ast } = untypedEnvironment().parse(expression);
  return { guard: guardOf(ast) ?? null, expression: rewriteCalls(expression, ast) };
}

/** The environment in which conditions run, made at its first use. */
export function untypedEnvironment(): ReturnType<typeof celEnvironment> {
  shared ??= celEnvironment({ typed: false });
  return shared;
}

let shared: ReturnType<typeof celEnvironment> | undefined;
