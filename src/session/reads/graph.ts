import { graphText } from '../../report/graph/text.ts';
import { printable } from '../../report/printable.ts';
import { truncate } from '../../report/wrap.ts';
import type { GraphQuery } from '../../topology/queries/graph-query.ts';
import { answer, type Said } from '../said.ts';
import { type Means, namespaceOf } from '../situation.ts';

/** What depends on what, as text. */
export async function* graph(query: GraphQuery, { client, situation }: Means, signal: AbortSignal): AsyncGenerator<Said> {
  yield { type: 'doing', text: 'reading what depends on what' };
  const text = graphText(await client.graph({ query, namespace: namespaceOf(situation) }, signal));
  yield answer((page) => {
    // As it is: the indent of a tree is not to be wrapped.
    for (const line of printable(text).trimEnd().split('\n')) page.line(truncate(page.signs(line), page.width));
  });
}
