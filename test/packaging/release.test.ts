import { describe, expect, test } from 'vitest';
import { nextVersion, released, sectionsOf } from '../../scripts/release/changelog.ts';
import { licenceProblems } from '../../scripts/release/licences.ts';

const CHANGELOG = '# Changelog\n\nText.\n\n## Unreleased\n\n* [FEATURE] One.\n* [BUGFIX] Two\n  goes on.\n\n## 0.1.0 / 2026-01-02\n\n* [FEATURE] Old.\n';

describe('the changelog', () => {
  test('is read section by section, without what stands above them', () => {
    expect(sectionsOf(CHANGELOG)).toEqual([
      { version: 'Unreleased', lines: ['* [FEATURE] One.', '* [BUGFIX] Two', '  goes on.'] },
      { version: '0.1.0', lines: ['* [FEATURE] Old.'] },
    ]);
  });

  test('a release takes what was unreleased, and leaves an empty section', () => {
    const after = sectionsOf(released(CHANGELOG, '0.2.0', '2026-03-04'));
    expect(after.map(({ version, lines }) => [version, lines.length])).toEqual([
      ['Unreleased', 0],
      ['0.2.0', 3],
      ['0.1.0', 1],
    ]);
  });
});

describe('the next version', () => {
  test.each([
    ['1.4.2', ['* [BUGFIX] a', '* [ENHANCEMENT] b'], '1.4.3'],
    ['1.4.2', ['* [BUGFIX] a', '* [FEATURE] b', '  goes on'], '1.5.0'],
    ['1.4.2', ['* [CHANGE] a', '* [FEATURE] b'], '2.0.0'],
    ['0.4.2', ['* [CHANGE] a'], '0.5.0'],
  ])('after %s with %j it is %s', (current, lines, expected) => {
    expect(nextVersion(current, lines)).toBe(expected);
  });

  test('there is none without a line, or with a line that says not what it is', () => {
    expect(() => nextVersion('1.0.0', [])).toThrow('nothing to release');
    expect(() => nextVersion('1.0.0', ['* [BUGFIX] a', '* b', '* [NEWS] c'])).toThrow('* b\n* [NEWS] c');
  });
});

describe('licences', () => {
  test('of what is shipped must be allowed; what only builds may have any', () => {
    expect(
      licenceProblems({
        '': { license: 'Apache-2.0' },
        'node_modules/a': { license: 'MIT' },
        'node_modules/b': { license: '(MIT OR GPL-3.0-only)' },
        'node_modules/c/node_modules/d': { license: 'MIT AND GPL-3.0-only' },
        'node_modules/e': {},
        'node_modules/f': { license: 'GPL-3.0-only', dev: true },
      }),
    ).toEqual(['d: its licence MIT AND GPL-3.0-only is not one of those that may be shipped', 'e: its licence (none) is not one of those that may be shipped']);
  });
});
