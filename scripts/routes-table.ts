import { ROUTES as AGENT } from '../src/agent/routes/all.ts';
import { ROUTES as SERVER } from '../src/server/routes/all.ts';

const TABLES = { server: SERVER, agent: AGENT } as const;
const WHO: Readonly<Record<string, string>> = { everybody: 'everybody', caller: 'a caller', viewer: 'viewer', operator: 'operator', admin: 'admin' };

/** docs/api.md with every route of server and agent, as their OpenAPI documents have them. */
export function withRoutes(page: string): string {
  return Object.entries(TABLES).reduce((text, [name, routes]) => {
    const [start, end] = [`<!-- routes of the ${name}: written by \`npm run docs\` -->`, `<!-- /routes of the ${name} -->`];
    const [before] = text.split(start);
    const after = text.split(end)[1];
    if (after === undefined) throw new Error(`docs/api.md has no place for the routes of the ${name}: ${start} … ${end}`);
    const rows = routes.map(({ method, path, needs, summary }) => `| \`${method} ${path}\` | ${WHO[needs] ?? needs} | ${summary} |`);
    return `${before}${start}\n${['| route | who may | what |', '|---|---|---|', ...rows].join('\n')}\n${end}${after}`;
  }, page);
}
