import { coded } from '../../errors/coded-error.ts';
import { asksForData } from '../asks-for-data.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';
import { relativeTime } from './relative-time.ts';
import { storedClient } from './stored-client.ts';

const MAX_NOTE = 4_000;

/** `feedback`: keeps what somebody says of an answer, or tells what was said. */
export async function giveFeedback(input: CommandInput, context: CommandContext): Promise<CommandResult> {
  const [id = 'last', word] = input.arguments;
  const { cause, note } = input.options;
  const problem = wrongWith(word, { cause, note });
  if (problem !== undefined) throw coded('ARGUMENTS_INVALID', { problem });
  const client = await storedClient(input, context);
  if (word === undefined) return toldOf(await client.told(id), context);
  const kept = await client.tell(id, {
    right: word === 'right',
    ...(typeof cause === 'string' ? { cause_id: cause } : {}),
    ...(typeof note === 'string' ? { note } : {}),
  });
  if (asksForData(context.settings)) return { kind: 'json', value: kept };
  return { kind: 'text', text: `Kept: ${kept.cause_id ?? 'the answer'} was ${word}.` };
}

function wrongWith(word: string | undefined, { cause, note }: CommandInput['options']): string | undefined {
  if (word !== undefined && word !== 'right' && word !== 'wrong') return `right or wrong is needed, not ${JSON.stringify(word)}`;
  if (word === undefined && (cause !== undefined || note !== undefined)) return '--cause and --note need right or wrong before them';
  return String(note ?? '').length > MAX_NOTE ? `--note takes ${MAX_NOTE} characters` : undefined;
}

type Told = Awaited<ReturnType<Awaited<ReturnType<typeof storedClient>>['told']>>;

function toldOf(told: Told, { settings, now }: CommandContext): CommandResult {
  if (asksForData(settings)) return { kind: 'json', value: told };
  return {
    kind: 'table',
    columns: ['verdict', 'cause', 'age', 'by', 'note'],
    rows: told.map(({ right, cause_id: cause, at, by, note }) => [
      right ? 'right' : 'wrong',
      cause ?? '-',
      relativeTime(at, now()),
      by ?? '-',
      (note ?? '').replace(/\s+/g, ' '),
    ]),
    whenEmpty: 'Nobody has said yet whether it was right: sre-orch feedback ID right|wrong',
  };
}
