import { type Gap, gap } from '../../domain/gap.ts';
import { asCoded } from '../../errors/coded-error.ts';
import type { Model } from '../open-model.ts';

interface Circumstances {
  /** The run's own. */
  readonly signal: AbortSignal;
  /** That of the time that the model was given. */
  readonly limited: AbortSignal;
  readonly model: Pick<Model, 'limits'>;
}

/** What a model did not do, and why. */
export function failureGap(error: unknown, { signal, limited, model }: Circumstances): Gap {
  const what = 'what the language model would have added';
  if (signal.aborted) return gap(what, 'timed-out', 'a longer --timeout', 'the investigation was stopped before the model had answered');
  if (limited.aborted) return gap(what, 'timed-out', 'a longer --llm-timeout', `it had not answered after ${model.limits.milliseconds / 1_000} s`);
  const { code, message } = asCoded(error);
  return gap(what, code === 'LLM_TIMED_OUT' ? 'timed-out' : 'failed', 'an endpoint that answers: sre-orch config test', `${code}: ${message}`);
}
