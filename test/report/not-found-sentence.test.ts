import { expect, test } from 'vitest';
import type { Report } from '../../src/domain/report.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { renderText } from '../../src/report/text.ts';
import { aReport } from '../fixtures/report.ts';

const asked = (given: Partial<Report> = {}): Report => {
  const whole = aReport(given);
  const unresolved = [
    { word: 'cart', near: [], asked: true },
    { word: 'store-1', near: [] },
  ];
  return { ...whole, extracted_entities: { ...whole.extracted_entities, unresolved } };
};
const SAID = 'Nothing called "cart" was found';
const text = (report: Report) => renderText(report, { color: 'none', width: 120, unicode: true });

test('what was asked about and not found is said above the causes, in every form of the report', () => {
  expect(text(asked()).split('\n')[2]).toBe(`  ${SAID}: what follows may not be what was asked about.`);
  expect(renderMarkdown(asked()).indexOf(SAID)).toBeLessThan(renderMarkdown(asked()).indexOf('## 1.'));
  expect(renderHtml(asked())).toContain('<strong>Nothing called &quot;cart&quot; was found: ');
  expect(text(asked({ verdict: 'undetermined', root_causes: [] }))).toContain(`${SAID}.`);
});

test('nothing is said where the question names something that exists', () => {
  const scope = { namespaces: ['shop'], objects: [{ kind: 'Deployment', namespace: 'shop', name: 'checkout' }], since: null, until: null };
  expect(text(asked({ scope }))).not.toContain(SAID);
});
