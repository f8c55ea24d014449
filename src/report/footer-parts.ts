import type { ModelUsage } from '../domain/analysis.ts';
import { counted } from '../domain/counted.ts';
import type { Report } from '../domain/report.ts';
import { clock } from './clock.ts';
import { duration } from './duration.ts';

/** What stands below a report in every format: its id, where it was read and when, and what it cost. */
export function footerParts({ incident_id: id, target, as_of: asOf, engine }: Report): string[] {
  const source = [target.reader, target.context ?? target.cluster, target.server_version].filter((part) => part !== null).join(' ');
  return [
    id,
    source,
    ...(asOf === null ? [] : [`as of ${clock(asOf)}`]),
    duration(engine.duration_ms),
    counted(engine.api_requests, 'request'),
    ...(engine.llm === null ? [] : [modelPart(engine.llm)]),
    `sre-orch ${engine.version}`,
  ];
}

function modelPart({ model, input_tokens: read, output_tokens: written, estimated, seconds, cost }: ModelUsage): string {
  return `${model}: ${counted(read + written, 'token')}${estimated ? ' (estimated)' : ''} in ${seconds} s${cost === undefined ? '' : `, cost ${cost}`}`;
}
