import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DUMPS, expectCode, Home } from './program.ts';

const home = new Home();
afterAll(() => home[Symbol.dispose]());

describe('schema', () => {
  test.each(['memory-limit', 'healthy', 'sparse'])('the published schema of a report accepts a real one: %s', async (dump) => {
    const schema = z.fromJSONSchema(JSON.parse(expectCode(await home.run(['schema', 'report']), 0).stdout));
    const report: unknown = JSON.parse(expectCode(await home.run(['investigate', 'x', '--snapshot', join(DUMPS, dump), '-o', 'json', '--no-store']), 0).stdout);
    expect(schema.safeParse(report).error).toBeUndefined();
    expect(schema.safeParse({ ...(report as object), verdict: 'perhaps' }).success).toBe(false);
    expect(schema.safeParse({ ...(report as object), root_causes: undefined }).success).toBe(false);
  });

  test('the schema of rules names every key that a rule may have', async () => {
    const text = expectCode(await home.run(['schema', 'rules']), 0).stdout;
    expect(JSON.parse(text)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
    for (const key of ['subject', 'when', 'cites', 'supersedes', 'examples']) expect(text).toContain(`"${key}"`);
  });
});
