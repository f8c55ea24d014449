import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LlmServer } from '../llm-server.ts';
import { anInvestigation } from './an-investigation.ts';
import { smallModel } from './small-model.ts';

const RECORDED = globSync(join(import.meta.dirname, '../../fixtures/scenarios/*.tar.gz')).sort();
/** Every so many of the recordings: all would take minutes. */
const EVERY = 24;
const sample = RECORDED.filter((_, index) => index % EVERY === 0).map((path) => [basename(path, '.tar.gz'), path] as const);

describe('a model of 8k tokens without tools', () => {
  test.each(sample)('completes on %s, and leaves its causes as they are', async (_, snapshot) => {
    const ask = 'something is wrong';
    const plain = await anInvestigation({ snapshot, ask });
    await using server = await LlmServer.start(smallModel());
    const { report } = await anInvestigation({ snapshot, ask, server, model: { contextTokens: 8_192 } });
    expect(report.root_causes).toEqual(plain.report.root_causes);
    expect(report.gaps.filter(({ what }) => what.includes('would have'))).toEqual([]);
    expect(report.engine.llm).toMatchObject({ steps: 4, estimated: true, stopped_by: null });
    expect(report.analysis?.hypotheses.map(({ text }) => text)).toContain('the network');
    for (const { messages } of server.asked) expect(JSON.stringify(messages).length / 3.6).toBeLessThan(8_192);
  });
});
