import * as z from 'zod';
import type { KubeObject } from './object.ts';

const certificateSchema = z.object({
  entry: z.string().describe('the key of the Secret that it stands under'),
  not_after: z.string().nullable().describe('null: what stands there is no certificate'),
  hosts: z.array(z.string()).describe('names and addresses that it is good for'),
  fits_key: z.boolean().nullable().describe('whether the private key beside it is its own; null: there is none'),
});

/** What is told of the values of a Secret: derived where they are read, and all that is left of them. */
export const secretToldSchema = z.object({
  certificates: z.array(certificateSchema),
  registries: z.array(z.string()).nullable().describe('hosts that it holds logins for; null: it is no such Secret'),
});
export type SecretTold = z.infer<typeof secretToldSchema>;

/** No reader hands out a value. `data` has every key with an empty text; undefined where not even the keys were read. */
export interface Secret extends KubeObject {
  readonly type?: string;
  readonly data?: Readonly<Record<string, ''>>;
  readonly told?: SecretTold;
}
