import { z } from 'zod';

/** What rules see of a Volume. Every key is present; null where it could not be read. */
export const volumeDocSchema = z.object({
  name: z.string(),
});
export type VolumeDoc = z.infer<typeof volumeDocSchema>;
