import type { ModelUsage } from '../../domain/analysis.ts';
import type { Analyst } from '../analyst.ts';
import type { ChatRequest } from '../chat.ts';
import { redactedRequest } from '../endpoint/redacted-request.ts';
import { wireBody } from '../endpoint/wire-body.ts';
import type { Model } from '../open-model.ts';
import type { Prompts } from '../prompts.ts';
import { structuredRequest } from '../structured.ts';
import { firstRequest } from './model-analyst.ts';
import { namesQuestion } from './read-names.ts';

const NOTHING: Omit<ModelUsage, 'model'> = {
  calls: 0,
  steps: 0,
  input_tokens: 0,
  output_tokens: 0,
  estimated: false,
  seconds: 0,
  stopped_by: 'showing the prompt',
};

/** In place of an analyst: hands out exactly what would be sent first, and sends nothing. */
export function promptShower(model: Model, prompts: Prompts, show: (body: object) => void): Analyst {
  const { endpoint, redactor } = model;
  const told = (request: ChatRequest): void => show(wireBody(endpoint.model, redactedRequest(request, redactor), endpoint.dialect));
  return {
    model: endpoint.model,
    readNames: async (question) => {
      told(structuredRequest(namesQuestion({ prompts, redactor }, question)));
      return { names: null, gap: null };
    },
    analyse: async function* (matter) {
      told(firstRequest(matter, prompts, model));
      yield* [];
      return { narrative: null, hypotheses: [], proposals: [], usage: { model: endpoint.model, ...NOTHING }, gaps: [] };
    },
  };
}
