import { describe, expect, test } from 'vitest';
import { loadRules } from '../../../src/rules/load/load-rules.ts';
import { problemLine } from '../../../src/rules/problem.ts';
import { GOOD, problemsOf, ruleText } from '../rule-text.ts';

const lines = (text: string, path = 'a.yaml'): readonly string[] => loadRules([{ path, text }]).problems.map(problemLine);

describe('what is wrong with a rule', () => {
  test.each<[string, Record<string, unknown>, readonly string[]]>([
    ['an unknown key', { whenn: 'true' }, ['unknown key whenn']],
    ['a missing key', { title: undefined }, ['title is missing']],
    ['a wrong choice', { strength: 'sure' }, ['strength: Invalid option: expected one of "decisive"|"strong"|"weak"']],
    ['an id with capitals', { id: 'OomKilled' }, ['id: lower-case words joined by hyphens']],
    ['no examples', { examples: undefined }, ['examples is missing']],
    ['no quiet example', { examples: { ...GOOD.examples, quiet: [] } }, ['examples.quiet: Too small: expected array to have >=1 items']],
    ['a condition that does not parse', { when: 'ready &&' }, ['Unexpected token: EOF']],
    ['a condition over an unknown field', { when: 'redy && termination.reson == "x"' }, ['Unknown variable: redy', 'No such key: reson']],
    ['an unknown field below has()', { when: 'has(termination.reson)' }, ['No such key: reson']],
    ['an unknown field in a macro', { when: 'ports.exists(p, p.prt == 1)' }, ['No such key: prt']],
    ['a condition with wrong types', { when: 'restart_count == "3" && name > 1' }, ['no such overload: double == string', 'no such overload: string > int']],
    ['a condition that only declared types can decide', { when: 'restart_count * 1.0 in [5]' }, ['no such overload: double in list<int>']],
    ['a condition that is no question', { when: 'restart_count + 1' }, ['a condition must be true or false, this is a double']],
    ['an unknown function', { when: 'name.shout() == "A"' }, ["found no matching overload for 'string.shout()'"]],
    ['a function by the name that the author wrote', { when: 'restart_count.matches("a")' }, ["found no matching overload for 'double.matches(string)'"]],
    ['a bad pattern in a condition', { when: 'name.matches("(a")' }, ['bad RE2 pattern: error parsing regexp: missing closing ): `(a`']],
    ['a pattern that is not written out', { when: 'name.matches(name)' }, ['the pattern of matches must be a literal']],
    [
      'a bad pattern',
      { match: { pull: { in: ['event'], pattern: 'a(?=b)' } } },
      ['bad RE2 pattern: error parsing regexp: invalid or unsupported Perl syntax: `(?=`'],
    ],
    ['a bad exclusion', { match: { pull: { in: ['event'], pattern: 'a', not: '[' } } }, ['bad RE2 pattern: error parsing regexp: missing closing ]: `[`']],
    ['a source that is none', { match: { pull: { in: ['syslog'], pattern: 'a' } } }, [expect.stringContaining('match.pull.in.0: Invalid option')]],
    [
      'a match named like a field',
      { match: { role: { in: ['event'], pattern: 'a' } } },
      ['the match may not be named role: Container has a field of that name'],
    ],
    [
      'a match named like a template root',
      { match: { blame: { in: ['event'], pattern: 'a' } } },
      ['the match may not be named blame: Container has a field of that name'],
    ],
    [
      'a match named by a word of CEL',
      { match: { loop: { in: ['event'], pattern: 'a' } } },
      ['the match may not be named loop: CEL keeps that word for itself'],
    ],
    ['a match with a bad name', { match: { 'the-pull': { in: ['event'], pattern: 'a' } } }, ['the name of a match must be lower-case letters, digits and _']],
    [
      'a group named like a field of matches',
      { match: { pull: { in: ['event'], pattern: '(?P<text>a)' } } },
      ['a group may not be named text: every match has that field'],
    ],
    ['an unknown field of a match', { match: { pull: { in: ['event'], pattern: '(?P<tag>a)' } }, when: 'pull.tg == "a"' }, ['No such key: tg']],
    ['an unknown citation', { cites: ['termination.reson'] }, ['Container has no field termination.reson']],
    ['nothing cited', { cites: [] }, ['cites nothing: name the deciding paths in cites, or require a match']],
    [
      'only an optional match',
      { cites: [], match: { pull: { in: ['event'], pattern: 'a', optional: true } } },
      ['cites nothing: name the deciding paths in cites, or require a match'],
    ],
    ['an unknown field in the statement', { statement: '{nme} fails' }, ['Container has no field nme, and no match is named nme']],
    ['an object in the statement', { statement: '{security} is odd' }, [expect.stringMatching(/^security is an object: name one of run_as_user, /)]],
    ['an unknown group', { match: { pull: { in: ['event'], pattern: '(?P<tag>a)' } }, statement: '{pull.tga}' }, ['the match pull has no group tga']],
    [
      'a match without a group',
      { match: { pull: { in: ['event'], pattern: 'a' } }, statement: '{pull}' },
      ['the match pull has no group (name one: {pull.text})'],
    ],
    ['an unknown part of the blamed object', { statement: '{blame.uid}' }, ['blame has kind, namespace and name only']],
    ['an unknown field in an object', { via: [{ kind: 'ConfigMap', name: '{config}' }] }, ['Container has no field config, and no match is named config']],
    [
      'the blamed object in its own name',
      { blame: { kind: 'Node', name: '{blame.name}' } },
      ['Container has no field blame.name, and no match is named blame'],
    ],
    [
      'an unknown field in a command',
      { remediation: [{ text: 'a', command: 'kubectl get pod {podd}', risk: 'low' }] },
      ['Container has no field podd, and no match is named podd'],
    ],
    [
      'an unknown field in an example',
      { examples: { ...GOOD.examples, quiet: [{ name: 'a', given: { pod: { nam: 'x' } } }] } },
      ['Container has no field pod.nam'],
    ],
    [
      'a wrong type in an example',
      { examples: { ...GOOD.examples, quiet: [{ name: 'a', given: { ports: [{ port: '80' }] } }] } },
      ['ports.0.port: Invalid input: expected number, received string'],
    ],
    [
      'a role that the subject does not have',
      { victims: ['worklod'], via: ['claim'] },
      ['Container has no role worklod: it has workload', 'Container has no role claim: it has self, pod, workload, node, namespace'],
    ],
    [
      'several who are blamed',
      {
        subject: 'Claim',
        when: 'unbound',
        cites: ['unbound'],
        statement: '{name}',
        blame: 'consumers',
        examples: { fires: [{ name: 'a', given: { unbound: true }, says: '' }], quiet: [{ name: 'b', given: {} }] },
      },
      [expect.stringContaining('Claim has no role consumers: it has several, and one must be blamed')],
    ],
    [
      'a role in an example',
      { examples: { ...GOOD.examples, quiet: [{ name: 'a', given: {}, relations: { nod: { kind: 'Node', name: 'n' } } }] } },
      ['Container has no role nod: it has node'],
    ],
    [
      'a value that the field never has',
      { when: 'role == "mian" || role in ["sidecar", "initt"]' },
      ['role is never "mian": it is one of', 'role is never "initt": it is one of'],
    ],
    [
      'each of the claims that are joined',
      { when: 'redy || !(name.lower() == 3 && (started || nme == "x"))' },
      ['Unknown variable: redy', 'no such overload: string == int', 'Unknown variable: nme'],
    ],
    [
      'a wrong shape beside a wrong condition',
      { strength: 'sure', when: 'redy', cites: ['nowhere'], whenn: 1 },
      ['strength: Invalid option', 'Unknown variable: redy', 'Container has no field nowhere', 'unknown key whenn'],
    ],
    [
      'a wrong match beside a condition on its group',
      { match: { pull: { in: ['syslog'], pattern: '(?P<tag>a)' } }, when: 'pull.tag == "a" && pull.tg == "b"' },
      ['No such key: tg', 'match.pull.in.0: Invalid option'],
    ],
    ['an unknown key beside an example', { examples: { ...GOOD.examples, quiet: [{ name: 'a', given: {}, text: 'x' }] } }, ['unknown key text']],
  ])('%s', (_, changes, expected) => {
    expect(problemsOf(changes)).toEqual(expected.map((message) => (typeof message === 'string' ? expect.stringContaining(message) : message)));
  });

  test('null may be asked for, numbers mix, maps and lists are read', () => {
    const when = [
      'waiting == null || waiting.reason != null',
      'restart_count + 1 > 3 && 2 * restart_count >= size(ports)',
      'restart_count in [1, 2] && 3 == restart_count',
      'limits.memory == "1Gi" && "cpu" in limits && quantity(limits["cpu"]) < 1.5',
      'ports.exists(p, p.port == 80) && ports[0].port == 80 && missing.all(m, m.lower().startsWith("config"))',
      'pod.conditions.Ready.status == "False"',
      'has(node.name) && !failing && (ready ? true : started) && log.fatal.matches("(?i)panic")',
    ];
    expect(when.flatMap((condition) => problemsOf({ when: condition }))).toEqual([]);
  });
});

describe('where it is', () => {
  test('every problem of every file at once, in order of place', () => {
    const files = [
      { path: 'b.yaml', text: '- id: x\n  titel: y\n' },
      { path: 'a.yaml', text: 'a: [b\n' },
      { path: 'c.yaml', text: 'rules: []\n' },
      { path: 'empty.yaml', text: '' },
    ];
    const { rules, problems } = loadRules(files);
    expect(rules).toEqual([]);
    const places = problems.map(problemLine);
    expect(places[0]).toMatch(/^a\.yaml:2:1: /);
    expect(places).toContain('b.yaml:2:3: unknown key titel');
    expect(places).toContain('b.yaml:1:3: title is missing');
    expect(places).toContain('c.yaml:1:1: a rule file is a list of rules');
    expect(problems.find(({ file }) => file === 'b.yaml')?.rule).toBe('x');
  });

  test.each([
    ['plain', '  when: redy'],
    ['double quotes', '  when: "ready && redy"'],
    ['single quotes', "  when: 'name == ''a'' && redy'"],
    ['folded', '  when: >-\n    ready &&\n    redy'],
    ['literal', '  when: |\n    ready\n    && redy\n'],
    ['plain over two lines', '  when: ready &&\n    redy'],
  ])('the caret of a condition: %s', (_, when) => {
    const text = `# a comment\n${ruleText({ when: undefined })}${when}\n`;
    const offset = text.indexOf('redy');
    const before = text.slice(0, offset).split('\n');
    expect(lines(text)).toEqual([`a.yaml:${before.length}:${(before.at(-1) ?? '').length + 1}: Unknown variable: redy`]);
  });

  test('the place in a statement', () => {
    const text = ruleText({ statement: 'container {nam} of {name}' });
    const row = text.split('\n').findIndex((line) => line.includes('{nam}'));
    const column = (text.split('\n')[row] ?? '').indexOf('nam}') + 1;
    expect(lines(text)).toEqual([`a.yaml:${row + 1}:${column}: Container has no field nam, and no match is named nam`]);
  });
});

describe('several files', () => {
  test('an id twice in one layer is an error that names the other place', () => {
    const { rules, problems } = loadRules([
      { path: 'a.yaml', text: ruleText({}) },
      { path: 'b.yaml', text: `# second\n${ruleText({})}` },
    ]);
    expect(rules).toHaveLength(1);
    expect(problems.map(problemLine)).toEqual(['b.yaml:2:7: the id container-killed is taken: a.yaml:1 has it']);
  });

  test('a higher layer replaces, whatever the order of files', () => {
    const { rules, problems } = loadRules([
      { path: 'own.yaml', text: ruleText({ title: 'Ours' }), layer: 1 },
      { path: 'a.yaml', text: ruleText({}) },
    ]);
    expect(problems).toEqual([]);
    expect(rules.map(({ rule, file, overrides }) => [rule.title, file, overrides])).toEqual([['Ours', 'own.yaml', 'a.yaml:1']]);
  });
});
