import { expect, test } from 'vitest';
import { hyperlink } from '../../src/report/hyperlink.ts';
import { opensLinks } from '../../src/terminal-links.ts';

test.each<[Record<string, string>, boolean]>([
  [{}, false],
  [{ TERM: 'xterm-256color' }, false],
  [{ TERM: 'xterm-kitty' }, true],
  [{ TERM: 'alacritty' }, true],
  [{ VTE_VERSION: '5000' }, false],
  [{ VTE_VERSION: '6800' }, true],
  [{ TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0.9' }, false],
  [{ TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.5.1' }, true],
  [{ TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.105.0' }, true],
  [{ TERM_PROGRAM: 'Apple_Terminal', TERM_PROGRAM_VERSION: '455' }, false],
  [{ TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.3a' }, false],
  [{ TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.4' }, true],
  [{ TERM_PROGRAM: 'constructor' }, false],
  [{ WT_SESSION: 'x' }, true],
  [{ WT_SESSION: 'x', CI: 'true' }, false],
  [{ WT_SESSION: 'x', TERM: 'dumb' }, false],
  [{ WT_SESSION: 'x', FORCE_HYPERLINK: '0' }, false],
  [{ FORCE_HYPERLINK: '1' }, true],
])('%j: %s', (env, expected) => {
  expect(opensLinks(env)).toBe(expected);
});

test('only addresses of pages and files are links, and none of them can end the sequence', () => {
  expect(hyperlink('https://a.example/x', 'here')).toBe('\u001b]8;;https://a.example/x\u001b\\here\u001b]8;;\u001b\\');
  expect(hyperlink('javascript:alert(1)')).toBe('javascript:alert(1)');
  expect(hyperlink('https://a.example/\u001b\\é', 'here')).toBe('\u001b]8;;https://a.example/%1B/%C3%A9\u001b\\here\u001b]8;;\u001b\\');
});
