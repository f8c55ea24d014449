import { html, type Markup } from '../../report/html/markup.ts';

interface Operation {
  readonly summary: string;
  readonly security: readonly Record<string, readonly string[]>[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: { readonly description?: string };
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
h2{font:600 1rem ui-monospace,monospace;margin:2rem 0 .2rem;border-top:1px solid #8884;padding-top:1rem}b{color:#08c}
table{border-collapse:collapse}td{padding:.1rem 1rem .1rem 0;vertical-align:top}code,pre{font-family:ui-monospace,monospace;font-size:.85rem}
pre{overflow:auto;max-height:20rem;background:#8881;padding:.6rem}`;

/** An OpenAPI document for people: every route with what it takes and answers. */
export function openApiPage(document: object): string {
  const { info, paths } = document as { info: { title: string; version: string; description: string }; paths: Record<string, Record<string, Operation>> };
  const routes = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => section(method, path, operation)));
  return html`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${info.title} API</title><style>${STYLE}</style>
<h1>${info.title} ${info.version}</h1><p>${info.description} As data: <a href="openapi.json">openapi.json</a>.</p>${routes}</html>`.toString();
}

function section(method: string, path: string, { summary, security, parameters, requestBody, responses }: Operation): Markup {
  const role = security.flatMap((each) => Object.values(each).flat())[0];
  const taken = parameters.map(({ name, in: where, required, schema }) => [name, `${where}${required ? ', needed' : ''}`, schema.description ?? '']);
  const answered = Object.entries(responses).map(([status, { description }]) => [status, description]);
  const body = Object.values(requestBody?.content ?? {}).map(({ schema }) => html`<p>Body</p><pre>${JSON.stringify(schema, null, 2)}</pre>`);
  return html`<h2><b>${method.toUpperCase()}</b> ${path}</h2><p>${summary}. ${role === undefined ? 'No key is asked for.' : `Needs the role ${role}.`}</p>${table(taken)}${body}${table(answered)}
`;
}

function table(rows: readonly (readonly string[])[]): Markup | null {
  if (rows.length === 0) return null;
  return html`<table>${rows.map(([first = '', ...rest]) => html`<tr><td><code>${first}</code></td>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</table>`;
}
