import { isBuiltin } from 'node:module';

const IMPORT = /(?<=^|[;\n}])import\s*([\w$]+)?,?\s*(?:\{([^{}]*)\}|\*\s*as\s+([\w$]+))?\s*from\s*"([\w:/]+)";/g;

/** Imported whole by commander, for what we never ask of it; loading it loads sockets and streams. */
const LATE: ReadonlySet<string> = new Set(['node:child_process']);

/**
 * Takes Node's own modules from `process.getBuiltinModule` instead of importing them. An import makes a namespace of all
 * that a module exports and so asks every lazy getter: `node:http` loads undici for its WebSocket, `node:util` its diff,
 * `node:fs` its streams (lib/internal/bootstrap/realm.js, syncExports), a good part of a short run.
 * @param bundled A chunk as a bundler writes it: whole import statements with double quotes.
 */
export function withoutBuiltinImports(bundled: string): string {
  const taken: string[] = [];
  const rest = bundled.replace(IMPORT, (statement: string, whole?: string, named?: string, namespace?: string, from = '') => {
    if (!isBuiltin(from)) return statement;
    // Some import `process` under its own name.
    const module = `globalThis.process.getBuiltinModule("${from}")`;
    for (const name of [whole, namespace]) if (name !== undefined) taken.push(`const ${name}=${LATE.has(from) ? late(module) : module};`);
    if (named !== undefined) taken.push(...bindings(named, module));
    return '';
  });
  return taken.join('') + rest;
}

/** The module, loaded when something of it is used. */
function late(module: string): string {
  return `new Proxy({},{get:(_,name)=>${module}[name]})`;
}

/** `a, b as c, default as d`: the default of a module of Node is the module itself. */
function bindings(named: string, module: string): string[] {
  const pairs = named.split(',').map((each) => each.trim().split(/\s+as\s+/) as [string, string?]);
  const own = pairs.filter(([name]) => name !== 'default').map(([name, local]) => (local === undefined ? name : `${name}:${local}`));
  const whole = pairs.filter(([name]) => name === 'default').map(([, local = 'default']) => `const ${local}=${module};`);
  return [...(own.length === 0 ? [] : [`const{${own.join(',')}}=${module};`]), ...whole];
}
