import * as z from 'zod';

/** What every error is answered with, whatever went wrong. Codes are those of docs/errors.md. */
export const errorBodySchema = z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()).optional() });
export type ErrorBody = z.infer<typeof errorBodySchema>;
