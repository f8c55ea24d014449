import * as z from 'zod';

/** What rules see of an Ingress. Every key is present; null where it could not be read. */
export const ingressDocSchema = z.object({
  name: z.string(),
  age_s: z.number().nullable(),
  hosts: z.string().describe('"shop.example, api.example"; "any host" without'),
  class: z.string().nullable(),
  class_missing: z.boolean().describe('the class that it names does not exist, or it names none and there is no default'),
  classes: z.string().describe('the classes that exist: "nginx, traefik", or "none"'),
  has_address: z.boolean(),
  controller: z
    .object({ kind: z.string(), name: z.string(), namespace: z.string(), ready: z.number(), wanted: z.number() })
    .nullable()
    .describe('the workload that serves its class, where it was read'),
  missing_service: z
    .object({ name: z.string(), path: z.string(), hint: z.string().describe('"; there is frontend", or empty') })
    .nullable()
    .describe('a backend that does not exist'),
  missing_port: z
    .object({ service: z.string(), port: z.string(), has: z.string().describe('the ports of the Service: "80 (http), 443"') })
    .nullable()
    .describe('a backend port that its Service does not have'),
  down_service: z.object({ name: z.string(), ready: z.number() }).nullable().describe('a backend that exists and has no ready endpoint'),
  conflict: z
    .object({ other: z.string(), where: z.string().describe('"shop.example/cart"'), service: z.string(), rival: z.string() })
    .nullable()
    .describe('an older Ingress of the same class that sends the same host and path to another Service'),
  missing_secret: z.string().nullable().describe('the TLS Secret that does not exist'),
  tls_unfit: z
    .object({ secret: z.string(), why: z.string().describe('"is of type Opaque and has no key tls.crt"'), expired_s: z.number().nullable() })
    .nullable()
    .describe(
      'the TLS Secret that is there and cannot serve its hosts; known where Secrets are read; expired_s: seconds since its certificate expired, where that is why',
    ),
});
export type IngressDoc = z.infer<typeof ingressDocSchema>;
