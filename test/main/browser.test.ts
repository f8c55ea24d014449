import { expect, test } from 'vitest';
import { browserCommand } from '../../src/browser.ts';

test.each<[NodeJS.Platform, string | undefined, readonly string[]]>([
  ['linux', undefined, ['xdg-open', '/r.html']],
  ['darwin', undefined, ['open', '/r.html']],
  ['win32', undefined, ['cmd', '/c', 'start', '""', '/r.html']],
  ['linux', 'firefox --new-tab', ['firefox', '--new-tab', '/r.html']],
  ['linux', 'links:w3m', ['links', '/r.html']],
  ['linux', 'show --url=%s -x', ['show', '--url=/r.html', '-x']],
  ['linux', ' ', ['xdg-open', '/r.html']],
])('%s with BROWSER=%s', (platform, browser, expected) => {
  expect(browserCommand('/r.html', { env: { BROWSER: browser }, platform })).toEqual(expected);
});
