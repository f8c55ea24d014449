import { describe, expect, test } from 'vitest';
import { printable, printableLine, printableValue } from '../../src/report/printable.ts';

describe('printable', () => {
  test.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['cursor movement and clearing', 'a\u001b[2J\u001b[1;1Hb\u001b[?25l', 'ab'],
    ['a title or a clipboard write', 'a\u001b]52;c;cm0gLXJm\u0007b', 'ab'],
    ['a hyperlink', '\u001b]8;;http://evil\u001b\\text\u001b]8;;\u001b\\', 'text'],
    ['a device control string', 'a\u001bPpayload\u001b\\b', 'ab'],
    ['eight-bit control sequences', 'a\u009b31mb\u009d0;title\u009cc', 'abc'],
    ['two-character escapes', 'a\u001bcb\u001b(0c', 'abc'],
    ['bell, backspace, delete, null', 'a\u0007\b\u007f\u0000b', 'ab'],
    ['right-to-left overrides and isolates', 'a\u202eb\u2066c\u200f', 'abc'],
    ['invisible letters and tags', 'a\u200bb\ufeffc\u{e0041}', 'abc'],
    ['lone surrogates', 'a\ud800b', 'a\ufffdb'],
    ['carriage returns', 'visible\rhidden\r\nnext', 'visible\nhidden\nnext'],
    ['tabs and vertical tabs', 'a\tb\vc', 'a  b c'],
    ['line separators', 'a\u2028b\u2029c', 'a b c'],
  ])('takes out %s', (_, given, expected) => {
    expect(printable(given)).toBe(expected);
  });

  test('an unclosed control string hides nothing that follows it', () => {
    expect(printable('before\u001b]0;title\nafter\u001b[')).toBe('before0;title\nafter');
  });

  test('leaves letters of all scripts, accents and emoji', () => {
    expect(printable('Grüße 東京 é 🚀 → ≥')).toBe('Grüße 東京 é 🚀 → ≥');
  });

  test('a line has no line break', () => {
    expect(printableLine('  a\n b\t c ')).toBe('a b c');
  });

  test('reaches every string of a value and leaves the rest as it is', () => {
    expect(printableValue({ a: ['\u001b[1mx', 1, null, true], b: { c: 'y\u0007' } })).toEqual({ a: ['x', 1, null, true], b: { c: 'y' } });
  });
});
