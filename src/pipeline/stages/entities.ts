import { survey } from '../../evidence/collect/survey.ts';
import { parseDescription } from '../../evidence/entities/parse-description.ts';
import type { Stage } from '../stage.ts';

/** What the words say, and in which namespaces to look. */
export const entitiesStage: Stage = {
  name: 'entities',
  async *run(run, signal) {
    const { request, deps } = run;
    run.parsed = parseDescription(request.description, new Date(deps.reader.asOf));
    const found = await survey({ reader: deps.reader, request, parsed: run.parsed }, signal);
    run.unknownNamespace = found.unknownNamespace;
    // A dump is read namespace by namespace: only those that it holds can be spoken of.
    run.namespaces = found.namespaces.length === 0 ? (deps.reader.namespaces ?? []) : found.namespaces;
    yield* [];
    return `${found.namespaces.length === 0 ? 'all namespaces' : found.namespaces.join(', ')}: ${found.reason}`;
  },
};
