import { describe, expect, test } from 'vitest';
import { withSetting } from '../../src/config/edit-config-file.ts';

const TEXT = '# mine\noutput: json # for scripts\n\n# prod\nprofiles:\n  prod:\n    namespace: shop\n';

describe('a settings file that is edited', () => {
  test.each<[string, string[], string | undefined, string]>([
    ['a value is replaced in its place', ['output'], 'yaml', TEXT.replace('output: json', 'output: yaml')],
    ['one of a profile too', ['profiles', 'prod', 'namespace'], 'web', TEXT.replace('shop', 'web')],
    ['a new one comes last', ['context'], 'dev', `${TEXT}context: dev\n`],
    ['one of a new profile', ['profiles', 'dev', 'context'], 'dev', `${TEXT}  dev:\n    context: dev\n`],
    ['what is taken out leaves no empty profile', ['profiles', 'prod', 'namespace'], undefined, '# mine\noutput: json # for scripts\n'],
    ['what is not there is no error', ['context'], undefined, TEXT],
  ])('%s', (_, path, value, expected) => {
    expect(withSetting(TEXT, path, value, 'config.yaml')).toBe(expected);
  });

  test('what is not there cannot be taken out, and that is no error', () => {
    expect(withSetting('', ['timeout'], undefined, 'config.yaml')).toBe('');
    expect(withSetting('# only a comment\n', ['timeout'], undefined, 'config.yaml')).toBe('# only a comment\n');
  });

  test('an empty file begins', () => {
    expect(withSetting('', ['profiles', 'prod', 'context'], 'p', 'config.yaml')).toBe('profiles:\n  prod:\n    context: p\n');
  });

  test.each(['a: [', '- a\n- b\n', 'just words'])('what is no map is refused: %j', (text) => {
    expect(() => withSetting(text, ['context'], 'p', 'config.yaml')).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
  });
});
