import type { ClusterQuestion } from '../cluster-question.ts';

/** Where a server answers a question about its cluster. */
export function questionPath(question: ClusterQuestion): string {
  switch (question.ask) {
    case 'place':
      return '/api/v1/cluster';
    case 'list': {
      const { namespace, labelSelector, fieldSelector, metadataOnly, maxItems } = question.options;
      const query = { namespace, label_selector: labelSelector, field_selector: fieldSelector, metadata_only: metadataOnly, max_items: maxItems };
      return `/api/v1/objects/${question.kind}${queryOf(query)}`;
    }
    case 'get':
      return `/api/v1/objects/${question.kind}/${encodeURIComponent(question.name)}${queryOf({ namespace: question.namespace })}`;
    case 'logs': {
      const { tailLines: tail_lines, maxBytes: max_bytes, ...others } = question.options;
      return `/api/v1/logs${queryOf({ ...others, tail_lines, max_bytes })}`;
    }
    case 'graph': {
      const { query, namespace } = question.question;
      return `/api/v1/graph${queryOf({ ...query, namespace })}`;
    }
  }
}

/** Where it tells what there is by name. */
export function namesPath(namespace: string | undefined): string {
  return `/api/v1/names${queryOf({ namespace })}`;
}

function queryOf(values: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]))}`;
}
