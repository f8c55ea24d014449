import * as z from 'zod';
import type { Gap } from '../../domain/gap.ts';
import type { NamedByModel } from '../../domain/named-by-model.ts';
import type { Redactor } from '../../redact/redactor.ts';
import type { NameQuestion } from '../analyst.ts';
import type { Budget } from '../budget.ts';
import type { ChatMessage } from '../chat.ts';
import type { AskedModel } from '../open-model.ts';
import { asData, filledPrompt, type Prompts } from '../prompts.ts';
import { askFor, type StructuredQuestion } from '../structured.ts';
import { failureGap } from './failure-gap.ts';

const namesSchema = z.object({
  namespace: z.string().nullable(),
  workloads: z.array(z.string()),
  services: z.array(z.string()),
  pods: z.array(z.string()),
  nodes: z.array(z.string()),
  error_summary: z.string().nullable(),
  since: z.string().nullable(),
  until: z.string().nullable(),
});
const readableNames = z.object({
  namespace: z.string().nullable().catch(null),
  workloads: z.array(z.string()).catch([]),
  services: z.array(z.string()).catch([]),
  pods: z.array(z.string()).catch([]),
  nodes: z.array(z.string()).catch([]),
  error_summary: z.string().nullable().catch(null),
  since: z.string().nullable().catch(null),
  until: z.string().nullable().catch(null),
}) as z.ZodType<NamedByModel>;

const MAX_NAMES = 200;
const MAX_TEXT = 8_000;
/** Names are only the beginning: most of the time is for the rest. */
const TIME_PART = 0.25;

const MAX_ANSWER = 800;

interface Telling {
  readonly prompts: Prompts;
  /** A text is redacted before it is cut: half of a secret is not recognised. */
  readonly redactor: Pick<Redactor, 'text'>;
}

/** What a question about names is; also for --show-prompt. */
export function namesQuestion(telling: Telling, question: NameQuestion): StructuredQuestion<NamedByModel> {
  return { name: 'incident_names', schema: namesSchema, reads: readableNames, messages: nameMessages(telling, question), maxTokens: MAX_ANSWER };
}

function nameMessages({ prompts, redactor }: Telling, { text, now, namespaces, workloads, services, nodes }: NameQuestion): ChatMessage[] {
  const listed = (title: string, names: readonly string[]): string => `${title}: ${names.slice(0, MAX_NAMES).join(', ') || 'none'}`;
  const lists = [listed('Namespaces', namespaces), listed('Workloads', workloads), listed('Services', services), listed('Nodes', nodes)].join('\n');
  return [
    { role: 'system', content: filledPrompt(prompts.entities, { now }) },
    { role: 'user', content: `${lists}\n\n${asData(redactor.text(text).slice(0, MAX_TEXT), 'incident')}` },
  ];
}

interface Means {
  readonly model: AskedModel;
  readonly prompts: Prompts;
  readonly budget: Budget;
}

/** What a text means, of names that exist; null and the reason where the model does not say. */
export async function readNames(
  { model, prompts, budget }: Means,
  question: NameQuestion,
  signal: AbortSignal,
): Promise<{ names: NamedByModel | null; gap: Gap | null }> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, Math.round(model.limits.milliseconds * TIME_PART)))]);
  const started = performance.now();
  try {
    const names = await askFor(
      model.endpoint,
      { ...namesQuestion({ prompts, redactor: model.redactor }, question), onReply: ({ usage }) => budget.take(usage, performance.now() - started) },
      limited,
    );
    return { names, gap: null };
  } catch (error) {
    return { names: null, gap: { ...failureGap(error, { signal, limited, model }), what: 'what the language model would have read out of the description' } };
  }
}
