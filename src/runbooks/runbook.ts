import * as z from 'zod';

/** What stands above a runbook, between lines of three dashes. */
export const frontMatterSchema = z.strictObject({
  name: z.string().min(1),
  description: z.string().default(''),
  /** Cause ids that it is about; `*` stands for any part of one. */
  causes: z.array(z.string()).default([]),
  /** Kinds of objects that it is about. */
  kinds: z.array(z.string()).default([]),
});

export interface RunbookSection {
  /** null: what stands before the first heading. */
  readonly title: string | null;
  readonly text: string;
}

export interface Runbook extends z.infer<typeof frontMatterSchema> {
  /** Below the folder of runbooks. */
  readonly path: string;
  readonly sections: readonly RunbookSection[];
}
