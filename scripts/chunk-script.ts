import { Script } from 'node:vm';
import { parseAst } from 'rolldown/parseAst';

/** A part of a syntax tree, with its place in the source. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

const BEYOND_ASCII = /[\u0080-\uffff]/;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A module in two: `code`, a script that is one function, and `facade`, the module that others import. */
export interface ChunkScript {
  readonly code: string;
  readonly facade: string;
}

/**
 * Turns a chunk into a script that src/compiled-chunk.ts runs. Its imports become parameters and its exports the result; so an export
 * must have its value when the chunk has run, and chunks must not import each other in a circle.
 * @param names How the files of the script and of src/compiled-chunk.ts are called, from where the facade is.
 */
export function chunkScript(source: string, names: { readonly code: string; readonly runner: string }): ChunkScript {
  const program = parseAst(source) as unknown as { readonly body: readonly Node[] };
  const edits: Edit[] = [];
  const imported: string[] = [];
  const exported = new Map<string, string>();
  const nodes = nodesOf(program.body);
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration') {
      edits.push({ start: node.start, end: node.end, text: bindings(node, `__from${imported.length}`) });
      imported.push((node['source'] as { value: string }).value);
    } else if (node.type === 'ExportNamedDeclaration' && node['declaration'] === null && node['source'] === null) {
      for (const { exported: name, local } of node['specifiers'] as readonly { exported: Named; local: Named }[]) exported.set(name.name, local.name);
      edits.push({ start: node.start, end: node.end, text: '' });
    } else if (node.type.startsWith('Export')) throw new Error(`${names.code}: an export that the bundler never wrote before: ${node.type}`);
  }
  for (const node of nodes) {
    if (node.type === 'MetaProperty' && (node['meta'] as Named).name === 'import') edits.push({ start: node.start, end: node.end, text: '__meta' });
    if (node.type === 'ImportExpression') edits.push({ start: node.start, end: node.start + 'import'.length, text: '__import' });
  }
  for (const { type, start, end } of nodes) {
    const isRaw = type === 'TaggedTemplateExpression' && BEYOND_ASCII.test(source.slice(start, end));
    if (isRaw) throw new Error(`${names.code}: a tagged template with a sign beyond ASCII: ${source.slice(start, end)}`);
  }
  for (const name of changedLater(nodes, new Set(exported.values()))) throw new Error(`${names.code}: the export ${name} is given another value later`);
  const parameters = ['__meta', '__import', ...imported.map((_, index) => `__from${index}`)].join(',');
  const result = [...exported].map(([name, local]) => `${name}:${local}`).join(',');
  const code = `(function(${parameters}){'use strict';${asciiOf(edited(source, edits))};\nreturn{${result}}})`;
  // What is no script is found out now.
  new Script(code, { filename: names.code });
  const imports = imported.map((from, index) => `import*as __from${index} from${JSON.stringify(from)};`).join('');
  const run = `runCompiled(${JSON.stringify(names.code)},{meta:import.meta,load:(specifier)=>import(specifier)},[${imported.map((_, index) => `__from${index}`).join(',')}])`;
  // A chunk may call an export `in`, which no variable can be called.
  const values = [...exported.keys()].map((name, index) => ({ name, local: `__value${index}` }));
  const taken = `const{${values.map(({ name, local }) => `${name}:${local}`).join(',')}}=${run};`;
  const given = `export{${values.map(({ name, local }) => `${local} as ${name}`).join(',')}};`;
  return { code, facade: `import{runCompiled}from${JSON.stringify(names.runner)};${imports}${taken}${given}\n` };
}

interface Named {
  readonly name: string;
}

function bindings(declaration: Node, from: string): string {
  const specifiers = declaration['specifiers'] as readonly { type: string; local: Named; imported?: Named }[];
  const whole = specifiers.filter(({ type }) => type === 'ImportNamespaceSpecifier').map(({ local }) => `const ${local.name}=${from};`);
  const named = specifiers
    .filter(({ type }) => type !== 'ImportNamespaceSpecifier')
    .map(({ local, imported }) => `${imported?.name ?? 'default'}:${local.name}`);
  return `${whole.join('')}${named.length === 0 ? '' : `const{${named.join(',')}}=${from};`}`;
}

/** Exported names to which something is assigned anywhere; a local variable of the same name counts, too. */
function changedLater(nodes: readonly Node[], exported: ReadonlySet<string>): readonly string[] {
  const targets = nodes.flatMap((node) => {
    if (node.type === 'AssignmentExpression') return [node['left'] as Node & Named];
    return node.type === 'UpdateExpression' ? [node['argument'] as Node & Named] : [];
  });
  return targets.filter(({ type, name }) => type === 'Identifier' && exported.has(name)).map(({ name }) => name);
}

/** All nodes, in no order. */
function nodesOf(body: readonly Node[]): readonly Node[] {
  const found: Node[] = [];
  const waiting: unknown[] = [...body];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    if ('type' in next && 'start' in next) found.push(next as Node);
    for (const value of Object.values(next)) waiting.push(value);
  }
  return found;
}

function edited(source: string, edits: readonly Edit[]): string {
  let text = '';
  let at = 0;
  for (const { start, end, text: instead } of [...edits].sort((a, b) => a.start - b.start)) {
    text += source.slice(at, start) + instead;
    at = end;
  }
  return text + source.slice(at);
}

/** Signs beyond ASCII stand in strings, templates and patterns only; escaped, the source takes half the memory, and no decoding. */
function asciiOf(source: string): string {
  return source.replaceAll(new RegExp(BEYOND_ASCII, 'g'), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
