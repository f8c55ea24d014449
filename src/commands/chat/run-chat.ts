import { randomBytes } from 'node:crypto';
import { parseDuration } from '../../config/setting.ts';
import { coded } from '../../errors/coded-error.ts';
import { EXIT } from '../../errors/row.ts';
import { createRedactor } from '../../redact/redactor.ts';
import { byInvestigating, byTheModel, fromTheReport } from '../../session/answerers.ts';
import { Conversation } from '../../session/conversation.ts';
import { Notices } from '../../session/notices.ts';
import type { Transcript } from '../../store/session/transcript.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { refuseLocalFlags } from '../local-flags.ts';
import type { CommandResult } from '../result.ts';
import { drawn } from './drawn.ts';
import { greeting } from './greeting.ts';
import { type Kept, openKept } from './kept.ts';
import { plainChat } from './plain-chat.ts';
import { slashCommands } from './slash/all.ts';
import { wordsOf } from './words.ts';

/** `chat`: a session on a terminal, or one line after the other from a pipe. */
export async function runChat(input: CommandInput, context: CommandContext): Promise<CommandResult> {
  const { output, now, newIncidentId } = context;
  // Sessions and what was typed are kept on this machine, whoever investigates.
  refuseLocalFlags(input, context, { settings: ['dataDir'] });
  const asksModel = input.options['llm'] !== false;
  const notices = new Notices();
  const kept = openKept(context, input.options['store'] !== false, notices);
  const transcript = transcriptOf(input, context, kept);
  const isElsewhere = transcript.server !== null;
  const model = asksModel && !isElsewhere ? context.settings.llmModel : undefined;
  const conversation = new Conversation({
    open: (kubeContext) =>
      context.openSession({
        keep: kept.keeps,
        asksModel,
        warn: (text) => notices.tell(text),
        ...(transcript.snapshot === null ? {} : { snapshot: transcript.snapshot }),
        ...(transcript.server === null ? {} : { server: transcript.server }),
        ...(kubeContext === undefined ? {} : { context: kubeContext }),
      }),
    // A server knows whether it asks a model, and which.
    answerers: [fromTheReport, ...((isElsewhere ? asksModel : model !== undefined) ? [byTheModel(model)] : []), byInvestigating(model)],
    slash: slashCommands(context),
    transcript,
    save: kept.save,
    redact: createRedactor().text,
    words: wordsOf(context),
    timeoutMs: parseDuration(context.settings.timeout) ?? 120_000,
    now,
    newIncidentId,
  });
  try {
    // A dump that is not there is told before anything is asked.
    if (transcript.snapshot !== null) await conversation.connect(context.interrupted);
    // The store is opened before the screen is: what it has to say is said above the first prompt.
    await conversation.client();
    await takeUp(conversation, transcript, notices);
    const first = input.arguments[0]?.trim() || undefined;
    const start = { conversation, history: kept.history, first, notices, restore: context.restore };
    // Before the screen is loaded, which takes longer than a person likes to look at nothing.
    if (output.typed) output.err(drawn(greeting(context, transcript), context));
    if (!output.watched || !output.typed) return { kind: 'done', exitCode: await plainChat(start, context) };
    await context.runChatScreen(start);
    return { kind: 'done', exitCode: EXIT.ok };
  } finally {
    await conversation.close();
  }
}

function transcriptOf({ options }: CommandInput, { settings, now }: CommandContext, kept: Kept): Transcript {
  const { resume, snapshot } = options;
  if (resume === undefined || resume === false)
    return {
      session_id: `chat-${randomBytes(4).toString('hex')}`,
      created_at: now().toISOString(),
      snapshot: typeof snapshot === 'string' ? snapshot : null,
      server: serverOf(options, settings),
      // A server looks at one cluster, whatever the kubeconfig here names.
      context: serverOf(options, settings) === null ? (settings.context ?? null) : null,
      namespace: settings.namespace ?? null,
      turns: [],
    };
  const id = typeof resume === 'string' ? resume : undefined;
  const found = kept.find(id);
  if (found === undefined) throw coded('SESSION_NOT_FOUND', { id: id ?? '', known: kept.ids().slice(0, 5) });
  // What is asked for now goes before what was then.
  const server = serverOf(options, settings);
  const where = typeof snapshot === 'string' ? { snapshot, server: null } : server === null ? {} : { server, snapshot: null, context: null };
  return {
    ...found,
    ...(settings.context === undefined || found.server !== null ? {} : { context: settings.context }),
    ...where,
    ...(settings.namespace === undefined ? {} : { namespace: settings.namespace }),
  };
}

/** Who is asked, unless it is a dump. */
function serverOf({ snapshot }: CommandInput['options'], { server }: CommandContext['settings']): string | null {
  return typeof snapshot === 'string' ? null : (server ?? null);
}

/** The report that a session was about, where it is stored still. */
async function takeUp(conversation: Conversation, { turns }: Transcript, notices: Notices): Promise<void> {
  const id = turns.at(-1)?.incident_id;
  if (id == null) return;
  try {
    conversation.about(await (await conversation.client()).report(id));
  } catch {
    notices.tell(`Investigation ${id} is not stored any more: ask again what hurts.`);
  }
}
