import type { Hypothesis } from '../domain/analysis.ts';
import { sentence } from '../domain/sentence.ts';

/** "unsupported: The disk is full. (it cites no evidence)" */
export function hypothesisText({ text, supported, reason }: Hypothesis): string {
  return `${supported ? '' : 'unsupported: '}${sentence(text)}${reason === null ? '' : ` (${reason})`}`;
}
