import { fileURLToPath } from 'node:url';

/** A file of the package, from src/ and from dist/ alike: both lie one folder below it. */
export function shipped(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

/** A program of its own in the build, and a module beside this one in the source. */
export function program(name: string): URL {
  return new URL(import.meta.url.endsWith('.ts') ? `./${name}.ts` : `./${name}.js`, import.meta.url);
}
