import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html.ts';
import { fullReport, manyCauses, noFault, undetermined } from './reports.ts';

const HOSTILE = '</pre></svg><script>alert(1)</script><img src=x onerror=alert(1)> "quoted" \u001b[2J';

describe('a report as a page', () => {
  test.each([
    ['full', fullReport()],
    ['undetermined', undetermined()],
    ['no-fault', noFault()],
  ])('looks like %s.html', async (name, report) => {
    await expect(renderHtml(report)).toMatchFileSnapshot(`snapshots/${name}.html`);
  });

  test('names every cause, link and piece of evidence', () => {
    const report = fullReport();
    const page = renderHtml(report);
    for (const { title, chain, evidence_ids: ids } of report.root_causes) {
      expect(page).toContain(title);
      for (const id of ids) expect(page).toContain(`<details id="${id}">`);
      for (const { to } of chain) expect(page).toContain(`/${to.name}`);
    }
    expect(renderHtml(manyCauses(6)).match(/<article>/g)).toHaveLength(6);
  });

  test('asks for nothing beyond itself', () => {
    const page = renderHtml(fullReport());
    expect(page).not.toMatch(/<(?:script|link rel="stylesheet"|img|iframe|object|embed)\b/);
    expect(page).not.toMatch(/url\(|@import|src=/);
  });

  test('what comes from a cluster stays text', () => {
    const base = fullReport();
    const page = renderHtml({
      ...base,
      description: HOSTILE,
      root_causes: base.root_causes.map((cause) => ({ ...cause, mechanism: HOSTILE, title: HOSTILE, references: [`javascript:${HOSTILE}`] })),
      evidence: base.evidence.map((piece) => ({ ...piece, excerpt: HOSTILE })),
    });
    expect(page).not.toMatch(/<script|<img|onerror=alert\(1\)>(?!&)|href="javascript/);
    expect(page).not.toContain('\u001b');
  });
});
