import type { ASTNode } from '@marcbachmann/cel-js';
import type { Subject } from '../../domain/fact.ts';
import { FACT_SCHEMAS } from '../../domain/facts/schemas.ts';
import { literalOf, pathOf } from '../cel/guard.ts';
import { nodesOf } from '../cel/rewrite.ts';
import { choicesOf, schemaAt } from './schema-path.ts';

/** Comparisons with a value that the field never has: they would be false for ever, without a word. */
export function impossibleValues(ast: ASTNode, subject: Subject): readonly { readonly offset: number; readonly message: string }[] {
  return nodesOf(ast).flatMap((node) =>
    comparedIn(node).flatMap(({ field, literal }) => {
      const path = pathOf(field);
      const choices = path && choicesAt(subject, path);
      const value = literalOf(literal)?.value;
      if (path === undefined || choices === undefined || typeof value !== 'string' || choices.includes(value)) return [];
      return [{ offset: literal.start, message: `${path.join('.')} is never "${value}": it is one of ${choices.join(', ')}` }];
    }),
  );
}

function choicesAt(subject: Subject, path: readonly string[]): readonly string[] | undefined {
  const schema = schemaAt(FACT_SCHEMAS[subject], path);
  return schema && choicesOf(schema);
}

function comparedIn(node: ASTNode): readonly { readonly field: ASTNode; readonly literal: ASTNode }[] {
  if (node.op !== '==' && node.op !== '!=' && node.op !== 'in') return [];
  const [left, right] = node.args;
  if (node.op !== 'in')
    return [
      { field: left, literal: right },
      { field: right, literal: left },
    ];
  return right.op === 'list' ? right.args.map((literal) => ({ field: left, literal })) : [];
}
