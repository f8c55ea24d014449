import { type ObjectRef, refKey } from '../../domain/object-ref.ts';
import type { GraphAnswer } from '../../topology/queries/graph-query.ts';

/** The answer as a mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html). Dashed: known by name, log, record or hearsay only. */
export function graphMermaid({ object, edges }: GraphAnswer): string {
  const ids = new Map<string, string>();
  const declared: string[] = [];
  const idOf = (ref: ObjectRef): string => {
    const known = ids.get(refKey(ref));
    if (known) return known;
    const id = `n${ids.size + 1}`;
    ids.set(refKey(ref), id);
    declared.push(`  ${id}${shape(ref)}`);
    return id;
  };
  if (object) idOf(object);
  const arrows = edges.map(({ from, to, type, origin }) => `  ${idOf(from)} ${origin === 'object' ? `-->|${type}|` : `-.->|${type}|`} ${idOf(to)}`);
  return ['flowchart LR', ...declared, ...arrows, ''].join('\n');
}

function shape(ref: ObjectRef): string {
  const label = `"${escaped(ref.kind)}<br/>${escaped(ref.namespace ? `${ref.namespace}/${ref.name}` : ref.name)}"`;
  if (ref.kind === 'External') return `{{${label}}}`;
  return ref.kind === 'Service' ? `([${label}])` : `[${label}]`;
}

/** Mermaid writes special characters as entities: #quot; for a quotation mark. */
function escaped(text: string): string {
  return text.replaceAll('#', '#35;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;');
}
