import { expect, test } from 'vitest';
import { html } from '../../../src/report/html/markup.ts';

test('what is filled in is shown, never obeyed', () => {
  expect(String(html`<p title="${'"><script>'}">${"<b>&'</b>"}</p>`)).toBe('<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;&#39;&lt;/b&gt;</p>');
});

test('templates nest, lists are joined, nothing becomes nothing', () => {
  expect(String(html`<ul>${[1, 2].map((n) => html`<li>${n}</li>`)}${null}${undefined}${false}</ul>`)).toBe('<ul><li>1</li><li>2</li></ul>');
});
