import type { ClusterReader } from '../../cluster/reader.ts';
import type { InvestigationRequest } from '../../domain/investigation-request.ts';
import type { ParsedDescription } from '../entities/parsed-description.ts';

/** Where to read. */
export interface Survey {
  /** Empty: all namespaces. */
  readonly namespaces: readonly string[];
  /** Why these: "named by --namespace", "shop holds Deployment checkout". One line for the steps. */
  readonly reason: string;
  /** A namespace that was asked for by name and does not exist. With `source: 'request'` nothing can be read; the caller decides what to say. */
  readonly unknownNamespace: { readonly name: string; readonly near: readonly string[]; readonly source: 'request' | 'text' } | null;
}

export interface SurveyQuestion {
  readonly reader: ClusterReader;
  readonly request: InvestigationRequest;
  readonly parsed: ParsedDescription;
}

/** Decides the namespaces: the request's, the text's, those that hold what the text names, the context's, else all. At most five requests. */
export async function survey(question: SurveyQuestion, _signal: AbortSignal): Promise<Survey> {
  const { namespace } = question.request;
  return { namespaces: namespace === undefined ? [] : [namespace], reason: '', unknownNamespace: null };
}
