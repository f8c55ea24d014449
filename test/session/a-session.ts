import { join } from 'node:path';
import { localSession } from '../../src/client/local-session.ts';
import { blindReader } from '../../src/cluster/blind-reader.ts';
import { openSnapshotReader } from '../../src/cluster/snapshot/open-snapshot-reader.ts';
import { wrappedReader } from '../../src/cluster/wrapped-reader.ts';
import { asCoded } from '../../src/errors/coded-error.ts';
import { investigate } from '../../src/pipeline/investigate.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { Page } from '../../src/report/page.ts';
import { paintFor } from '../../src/report/paint.ts';
import { openRules } from '../../src/rules/open-rules.ts';
import { compileRules } from '../../src/rules/rule-set.ts';
import { byInvestigating, fromTheReport } from '../../src/session/answerers.ts';
import { Conversation } from '../../src/session/conversation.ts';
import type { SlashCommand } from '../../src/session/slash-command.ts';
import type { Transcript } from '../../src/store/session/transcript.ts';
import { loadKnowledgeGraph } from '../../src/topology/knowledge/load-knowledge-graph.ts';

const OUTAGE = join(import.meta.dirname, '../../examples/shop-outage');
const NO_KNOWLEDGE = loadKnowledgeGraph('components: []\n', 'none.yaml');

export interface Spoken {
  readonly conversation: Conversation;
  readonly saved: Transcript[];
  /** Says a line; what was answered, as text, or the code and message of the error. */
  readonly say: (line: string) => Promise<string>;
}

/** A session over a dump, with the engine and without a screen. Rules as `npm run build` left them, where it ran. */
export async function aSession(dump = OUTAGE, slash: readonly SlashCommand[] = []): Promise<Spoken> {
  const rules = compileRules(await openRules({ bundle: 'dist/rules.json', shipped: 'rules', extra: [] }));
  const reader = await openSnapshotReader(dump);
  const now = (): Date => new Date('2026-11-21T10:00:00Z');
  let incidents = 0;
  const saved: Transcript[] = [];
  const conversation = new Conversation({
    open: async () =>
      localSession({
        open: async () => wrappedReader(reader, { [Symbol.asyncDispose]: async () => {} }),
        engineOver: async (own) => (request, signal) =>
          investigate(
            request,
            {
              reader: request.without === undefined ? own : blindReader(own, request.without),
              telemetry: undefined,
              knowledge: NO_KNOWLEDGE,
              rules,
              redactor: createRedactor(),
              model: undefined,
              now,
              engineVersion: 'test',
            },
            signal,
          ),
        openKnowledge: async () => NO_KNOWLEDGE,
        redactor: createRedactor(),
        store: undefined,
        now,
        onStoreError: () => {},
        close: async () => reader[Symbol.asyncDispose](),
      }),
    answerers: [fromTheReport, byInvestigating(undefined)],
    slash,
    transcript: { session_id: 'chat-1', created_at: now().toISOString(), snapshot: dump, server: null, context: null, namespace: null, turns: [] },
    save: (transcript) => saved.push(transcript),
    redact: createRedactor().text,
    words: async () => [],
    timeoutMs: 60_000,
    now,
    newIncidentId: () => {
      incidents += 1;
      return `inc-000000000${incidents}`;
    },
  });
  return { conversation, saved, say: (line) => said(conversation, line) };
}

async function said(conversation: Conversation, line: string): Promise<string> {
  const page = new Page({ width: 200, unicode: true, paint: paintFor('none') });
  try {
    for await (const piece of conversation.say(line, new AbortController().signal)) {
      if (piece.type === 'answer') piece.draw(page);
      else if (piece.type === 'document') page.line(piece.text);
    }
  } catch (error) {
    const { code, message } = asCoded(error);
    return `${code}: ${message}`;
  }
  return page.toString();
}
