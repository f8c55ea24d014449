import * as z from 'zod';
import { ruleSchema } from './rule.ts';

/** The JSON Schema of a rule file, for editors: what may be written, before defaults are filled in. */
export function rulesJsonSchema(): Record<string, unknown> {
  const file = z.array(ruleSchema).meta({ title: 'Rules of sre-orch', description: 'One topic a file; docs/rules.md describes every key.' });
  return z.toJSONSchema(file, { io: 'input' }) as Record<string, unknown>;
}
