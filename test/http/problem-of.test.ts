import { expect, test } from 'vitest';
import type * as z from 'zod';
import { problemOf } from '../../src/http/problem-of.ts';
import { alertmanagerWebhookSchema } from '../../src/protocol/alerts.ts';
import { newFeedbackSchema } from '../../src/protocol/feedback.ts';
import { incidentQuerySchema, newIncidentSchema } from '../../src/protocol/incidents.ts';
import { logsQuerySchema } from '../../src/protocol/reads.ts';

test.each<[string, z.ZodType, unknown, string[]]>([
  ['no body', newIncidentSchema, undefined, ['the request: a body of JSON is needed']],
  ['a body that is a list', newIncidentSchema, [], ['the request: an object is needed']],
  ['what is missing', logsQuerySchema, { namespace: 'shop' }, ['pod: it is missing', 'container: it is missing']],
  ['another type', newFeedbackSchema, { right: 'yes' }, ['right: true or false is needed']],
  ['no choice', incidentQuerySchema, { status: 'done' }, ['status: one of pending, investigating, completed, failed, cancelled, interrupted is needed']],
  ['another version', alertmanagerWebhookSchema, { version: '3', alerts: [] }, ['version: 4 is needed']],
  ['a field that is unknown', newIncidentSchema, { description: 'x', colour: 'red' }, ['the request: there is no colour']],
  ['too much', incidentQuerySchema, { limit: 501, cause: 'x'.repeat(201) }, ['cause: at most 200 characters', 'limit: at most 500']],
  ['too little', incidentQuerySchema, { limit: 0 }, ['limit: at least 1']],
  ['a time that is none', newIncidentSchema, { description: 'x', since: 'yesterday' }, ['since: a time like 2026-01-31T10:00:00Z is needed']],
  ['our own words', newIncidentSchema, { description: ' ' }, ['description: say what hurts in a few words']],
])('%s', (_what, schema, given, problems) => {
  expect(schema.safeParse(given).error?.issues.map(problemOf)).toEqual(problems);
});

test('what was sent is not repeated at length', () => {
  const [issue] = newIncidentSchema.safeParse({ description: 'x', ['y'.repeat(5_000)]: 1 }).error?.issues ?? [];
  expect(issue && problemOf(issue).length).toBe(200);
});
