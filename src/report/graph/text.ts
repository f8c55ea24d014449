import { type ObjectRef, refKey, refLabel } from '../../domain/object-ref.ts';
import type { AnswerEdge, GraphAnswer } from '../../topology/queries/graph-query.ts';
import { gapTexts } from '../gap-groups.ts';

const MAX_GAPS = 5;

/** The answer as people read it: a tree from the object asked for, a way step by step, or one tree for every start; then what was not seen. */
export function graphText(answer: GraphAnswer): string {
  return `${edgesText(answer)}${gapsText(answer)}`;
}

function gapsText({ gaps }: GraphAnswer): string {
  if (gaps.length === 0) return '';
  const texts = gapTexts(gaps);
  const more = texts.length > MAX_GAPS ? [`  and ${texts.length - MAX_GAPS} more (--output json names all)`] : [];
  const lines = texts.slice(0, MAX_GAPS).map((text) => `  ${text}`);
  return ['', 'Not seen, so edges may be missing:', ...lines, ...more, ''].join('\n');
}

function edgesText(answer: GraphAnswer): string {
  switch (answer.ask) {
    case 'path':
      return pathText(answer);
    case 'show':
      return answer.edges.length === 0
        ? 'The graph has no edges here.\n'
        : roots(answer.edges)
            .map((root) => tree(root, answer, 'depends-on'))
            .join('\n');
    default: {
      const { object, objects, ask } = answer;
      if (object === null) return '';
      if (objects.length === 0)
        return `${refLabel(object)} ${ask === 'depends-on' ? 'depends on nothing that is known.' : 'is needed by nothing that is known.'}\n`;
      return tree(object, answer, ask);
    }
  }
}

function pathText({ object, to, edges }: GraphAnswer): string {
  if (object === null || to === null) return '';
  const [first] = edges;
  if (first === undefined)
    return refKey(object) === refKey(to) ? `${refLabel(object)} is itself.\n` : `No way leads from ${refLabel(object)} to ${refLabel(to)}, nor back.\n`;
  return [refLabel(first.from), ...edges.map((edge) => `  ${edge.type} ${refLabel(edge.to)}${source(edge)}`), ''].join('\n');
}

const SOURCES: Readonly<Record<AnswerEdge['origin'], string>> = {
  object: '',
  name: ' (by name)',
  log: ' (in its logs)',
  'knowledge-graph': ' (knowledge graph)',
  recorded: ' (recorded)',
};

function source({ origin, evidence }: AnswerEdge): string {
  return origin === 'object' || evidence === null ? SOURCES[origin] : `${SOURCES[origin]}  ${evidence}`;
}

type Direction = 'depends-on' | 'dependents';

/** Each object is unfolded once; where it comes again, it is only named. */
function tree(root: ObjectRef, { edges, objects }: GraphAnswer, direction: Direction): string {
  const absent = new Set(objects.filter(({ exists }) => exists === false).map(({ object }) => refKey(object)));
  const below = Map.groupBy(edges, (edge) => refKey(direction === 'depends-on' ? edge.from : edge.to));
  const unfolded = new Set<string>();
  const lines = [refLabel(root)];
  const unfold = (ref: ObjectRef, indent: string): void => {
    unfolded.add(refKey(ref));
    const children = below.get(refKey(ref)) ?? [];
    for (const [index, edge] of children.entries()) {
      const child = direction === 'depends-on' ? edge.to : edge.from;
      const last = index === children.length - 1;
      const again = unfolded.has(refKey(child)) && below.has(refKey(child));
      const label = `${refLabel(child)}${absent.has(refKey(child)) ? ' (does not exist)' : ''}`;
      const words = direction === 'depends-on' ? `${edge.type} ${label}` : `${label} ${edge.type} it`;
      lines.push(`${indent}${last ? '└─' : '├─'} ${words}${again ? ' (above)' : ''}${SOURCES[edge.origin]}`);
      if (!unfolded.has(refKey(child))) unfold(child, `${indent}${last ? '   ' : '│  '}`);
    }
  };
  unfold(root, '');
  return `${lines.join('\n')}\n`;
}

/** Objects that nothing needs; in a ring, its first. */
function roots(edges: readonly AnswerEdge[]): ObjectRef[] {
  const needed = new Set(edges.map(({ to }) => refKey(to)));
  const starts = new Map(edges.filter(({ from }) => !needed.has(refKey(from))).map(({ from }) => [refKey(from), from]));
  const first = edges[0];
  return starts.size > 0 || first === undefined ? [...starts.values()] : [first.from];
}
