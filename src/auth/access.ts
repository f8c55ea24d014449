import * as z from 'zod';
import { readYaml } from '../config/yaml-document.ts';
import { coded } from '../errors/coded-error.ts';
import { ROLES } from '../store/api-key-repository.ts';
import type { Identity } from './identity.ts';
import type { Principal } from './principal.ts';

const rowSchema = z
  .strictObject({
    from: z.enum(['oidc', 'kubernetes']),
    user: z.string().min(1).optional(),
    group: z.string().min(1).optional(),
    role: z.enum(ROLES),
    namespaces: z
      .array(z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'a name of a namespace is needed'))
      .min(1)
      .optional(),
  })
  .refine(({ user, group }) => (user === undefined) !== (group === undefined), 'either a user or a group is needed');
const accessSchema = z.array(rowSchema);
export type Access = z.infer<typeof accessSchema>;

/**
 * Who may do what of those that another authority vouches for, as a YAML list. A row names where they come from, so that a provider
 * cannot speak for the service accounts of the cluster. Throws SETTINGS_INVALID with all that is wrong.
 */
export function parseAccess(text: string, path: string): Access {
  const yaml = readYaml(text);
  if (!yaml.ok) throw coded('SETTINGS_INVALID', { problems: [`${path}:${yaml.position.line}:${yaml.position.column}: ${yaml.message}`] });
  const parsed = accessSchema.safeParse(yaml.document.value ?? []);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const { line, column } = yaml.document.at(issue.path as (string | number)[]);
    return `${path}:${line}:${column}: ${issue.message}`;
  });
  throw coded('SETTINGS_INVALID', { problems });
}

/** What the first row that matches grants; undefined where none does: who is known and not named may do nothing. */
export function principalIn(access: Access, { from, user, groups }: Identity): Principal | undefined {
  const row = access.find((each) => each.from === from && (each.user === undefined ? groups.includes(each.group ?? '') : each.user === user));
  return row && { id: `${from}:${user}`, name: user, role: row.role, namespaces: row.namespaces ?? null };
}
