import type { Match, ObjectTemplate, Rule } from './rule.ts';

/** A rule in words: what it says, when it fires, what it cites, whom it blames, and on what it was proven. `link` shows an address. */
export function explainRule(rule: Rule, link: (address: string) => string = (address) => address): string {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Says', [rule.statement]],
    ['Fires on', conditions(rule)],
    ['Cites', rule.cites],
    ['Blames', [objectLabel(rule.blame)]],
    ['Hurts', rule.victims.map(objectLabel)],
    ['Replaces', rule.supersedes],
    ['What to do', rule.remediation.flatMap(({ text, command, risk }) => [`${text} (risk: ${risk})`, ...(command === null ? [] : [`  ${command}`])])],
    ['Fires when', rule.examples.fires.map(({ name, says }) => `${name}: "${says}"`)],
    ['Stays quiet when', rule.examples.quiet.map(({ name }) => name)],
    ['Read more', rule.references.map(link)],
  ];
  const head = [`${rule.title} (${rule.id})`, `${rule.strength} ${rule.role} ${rule.cause}; its effect on the ${rule.subject}: ${rule.effect}`];
  return [...head, ...sections.filter(([, lines]) => lines.length > 0).flatMap(([title, lines]) => ['', `${title}:`, ...lines.map(indent)])].join('\n');
}

function conditions(rule: Rule): readonly string[] {
  return [
    `${rule.subject}${rule.on === undefined ? '' : ` with ${rule.on.join(' or ')}`}`,
    ...Object.entries(rule.match).map(([name, match]) => matchLabel(name, match)),
    ...(rule.when === 'true' ? [] : [`when ${rule.when.trim()}`]),
  ];
}

function matchLabel(name: string, match: Match): string {
  const reasons = match.reasons === undefined ? '' : ` of ${match.reasons.join(' or ')}`;
  const not = match.not === undefined ? '' : ` and not /${match.not}/`;
  return `${match.optional ? 'perhaps ' : ''}${name}: ${match.in.join(' or ')}${reasons} like /${match.pattern}/${not}`;
}

function objectLabel(template: ObjectTemplate): string {
  if (typeof template === 'string') return template === 'self' ? 'the object itself' : `its ${template}`;
  return [template.kind, template.namespace ? `${template.namespace}/${template.name}` : template.name].join(' ');
}

function indent(text: string): string {
  return `  ${text.replaceAll('\n', '\n  ')}`;
}
