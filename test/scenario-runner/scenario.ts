import { z } from 'zod';

const glob = z.string().regex(/^[A-Za-z*]+\/[^/\s]+(?:\/[^/\s]+)?$/, 'must be Kind/name or Kind/namespace/name; * stands for anything');
const oneOrMore = z.union([z.string(), z.array(z.string()).min(1)]).transform((value) => (typeof value === 'string' ? [value] : value));

const rootSchema = z.strictObject({
  cause: oneOrMore.describe('ids of causes that are equally right'),
  object: glob.describe('whom to blame, at owner level'),
  chain: z.array(glob).default([]).describe('objects that the chain or the affected ones must hold'),
  optional: z.boolean().default(false).describe('of `also`: may be named, need not'),
});
export type ExpectedRoot = z.infer<typeof rootSchema>;

const pattern = z.string().refine((text) => isPattern(text), 'is not a regular expression');
const decisiveSchema = z.union([
  z.strictObject({ event: pattern }),
  z.strictObject({ log: pattern }),
  z.strictObject({ field: z.string().regex(/^[A-Za-z*]+ \S+$/, 'must be "Kind dotted.path"') }),
  z.strictObject({ object: glob }),
]);
export type Decisive = z.infer<typeof decisiveSchema>;

const place = { in: z.string().optional().describe('one of `besides`; default: the namespace of the scenario') };
const stepSchema = z.union([
  z.strictObject({ apply: z.string(), ...place }),
  z.strictObject({ wait: z.string().regex(/^.+ \S+ \d+$/, 'must be "OBJECT CONDITION SECONDS"'), ...place }),
  z.strictObject({ sleep: z.number().positive().max(300) }),
  z.strictObject({ kubectl: z.array(z.coerce.string()).min(1), ...place }),
  z.strictObject({ part: z.array(z.string()).length(2) }),
]);
export type Step = z.infer<typeof stepSchema>;

/** scenario.yaml: one incident, how to make it, and what must be said of it. */
export const scenarioSchema = z
  .strictObject({
    catalogue: z.array(z.string().regex(/^(?:[A-O]\d{2}|P)$/, 'must be an id of the failure catalogue, as A01, or P for what is no fault')).min(1),
    what: z.string().min(10),
    ask: z.string().min(3),
    expect: z.union([
      z.literal('healthy').transform(() => ({ healthy: true as const })),
      rootSchema.extend({ also: z.array(rootSchema).default([]) }).transform((root) => ({ healthy: false as const, ...root })),
    ]),
    decisive: z.array(decisiveSchema).default([]),
    steps: z.array(stepSchema).optional(),
    undo: z.array(stepSchema).default([]),
    besides: z.array(z.string()).default([]).describe('further namespaces: $NAMESPACE-<word>'),
    images: z.array(z.strictObject({ name: z.string(), packages: z.array(z.string()).min(1) })).default([]),
    settles: z.number().positive().max(600).optional(),
    exclusive: z.boolean().default(false),
    smoke: z.boolean().default(false),
    rival: z.boolean().default(false).describe('what the nearest rival is known to miss'),
    agent: z.string().optional().describe('a file with what a good agent does about a cause that is beyond the rules, and what must be told then'),
    authored: z.string().optional().describe('why the cluster cannot show it; the fixture is written by hand'),
  })
  .superRefine(({ expect, decisive, authored, steps }, context) => {
    const problem = (message: string, path: string): void => context.addIssue({ code: 'custom', message, path: [path] });
    if (!expect.healthy && decisive.length === 0) problem('a fault needs its decisive evidence', 'decisive');
    if (authored !== undefined && steps !== undefined) problem('an authored scenario has no steps', 'steps');
  });

export type Expectation = z.infer<typeof scenarioSchema>['expect'];

export interface Scenario extends Omit<z.infer<typeof scenarioSchema>, 'steps' | 'settles'> {
  readonly name: string;
  /** Where its manifests lie. */
  readonly folder: string;
  readonly steps: readonly Step[];
  /** Seconds. */
  readonly settles: number;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
