import { newApiKey } from '../../auth/api-key.ts';
import { coded } from '../../errors/coded-error.ts';
import type { Role } from '../../store/api-key-repository.ts';
import { asksForData } from '../asks-for-data.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';

const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The subcommands of `keys`. */
export const ANSWERS = { createKey, listKeys, revokeKey };

async function createKey({ arguments: [name = ''], options }: CommandInput, context: CommandContext): Promise<CommandResult> {
  const names = typeof options['namespaces'] === 'string' ? options['namespaces'].split(',').map((each) => each.trim()) : null;
  const wrong = names?.filter((each) => !NAMESPACE.test(each)) ?? [];
  if (wrong.length > 0) throw coded('SETTINGS_INVALID', { problems: wrong.map((each) => `--namespaces: ${JSON.stringify(each)} is no name of a namespace`) });
  const { key, stored } = newApiKey({ name, role: (options['role'] ?? 'viewer') as Role, namespaces: names }, context.now());
  await (await context.openKeys()).add(stored);
  if (asksForData(context.settings)) return { kind: 'json', value: { key_id: stored.key_id, name, role: stored.role, namespaces: names, key } };
  context.output.err(`note: key ${stored.key_id} of ${name} is shown once; what is kept is a hash\n`);
  return { kind: 'text', text: key };
}

async function listKeys(_input: CommandInput, context: CommandContext): Promise<CommandResult> {
  const keys = await (await context.openKeys()).list();
  if (asksForData(context.settings)) return { kind: 'json', value: keys.map(({ hash: _, ...rest }) => rest) };
  return {
    kind: 'table',
    columns: ['id', 'name', 'role', 'namespaces', 'created', 'revoked'],
    rows: keys.map((key) => [key.key_id, key.name, key.role, key.namespaces?.join(',') ?? 'all', key.created_at, key.revoked_at ?? '-']),
    whenEmpty: 'There are no API keys yet. Make one: sre-orch keys create NAME --role operator',
  };
}

async function revokeKey({ arguments: [id = ''] }: CommandInput, context: CommandContext): Promise<CommandResult> {
  if (!(await (await context.openKeys()).revoke(id, context.now().toISOString()))) throw coded('KEY_UNKNOWN', { id });
  return { kind: 'text', text: `Key ${id} is revoked.` };
}
