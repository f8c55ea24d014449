import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { reportSchema } from '../../src/domain/report.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { reportJsonSchema } from '../../src/report/schema.ts';
import { renderText } from '../../src/report/text.ts';
import { fullReport, noFault, undetermined } from './reports.ts';

const FOLDER = resolve(import.meta.dirname, 'old-reports');
const oldReports = globSync('*.json', { cwd: FOLDER }).map((name) => ({ name, report: JSON.parse(readFileSync(resolve(FOLDER, name), 'utf8')) as unknown }));

describe('the schema of the report', () => {
  test.each(oldReports)('reads the report of version $name, and every renderer shows it', ({ report }) => {
    const read = reportSchema.parse(report);
    expect(read.root_causes).toHaveLength(1);
    expect(renderText(read, { color: 'none', width: 80, unicode: true })).toContain('Insufficient Memory');
    expect(renderMarkdown(read)).toContain('# Root cause: Insufficient Memory');
  });

  test.each(oldReports)('published as JSON Schema accepts the report of version $name', ({ report }) => {
    const published = z.fromJSONSchema(reportJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
    expect(published.safeParse(report).error).toBeUndefined();
    expect(published.safeParse({ ...(report as object), verdict: 'maybe' }).success).toBe(false);
  });

  test('ignores fields that a later version added', () => {
    const later = { ...fullReport(), added_later: 1 };
    expect(reportSchema.safeParse(later).success).toBe(true);
    expect(z.fromJSONSchema(reportJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]).safeParse(later).success).toBe(true);
  });

  test.each([fullReport(), undetermined(), noFault()])('is what the renderers are tested with ($verdict)', (report) => {
    expect(reportSchema.parse(report)).toEqual(report);
  });

  test('names itself and its version', () => {
    expect(reportJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:sre-orch:schema:report:1.0',
      type: 'object',
    });
  });
});
