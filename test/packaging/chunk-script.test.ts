import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import { chunkScript } from '../../scripts/chunk-script.ts';

const NAMES = { code: './a.cjs', runner: './compiled-chunk.js' };

function run(source: string, ...imported: readonly object[]): Record<string, unknown> {
  const module = [{ url: 'file:///here.js' }, async (specifier: string) => `loaded ${specifier}`];
  return new Script(chunkScript(source, NAMES).code).runInThisContext()(...module, ...imported) as Record<string, unknown>;
}

test('a chunk becomes a script with its imports as parameters and its exports as the result', async () => {
  const source = `import{a as one}from"./x.js";import*as all from"./y.js";
    const local=one+all.b,url=import.meta.url,arrow="→ ünd 😀",later=()=>import("./z.js");
    export{local as in,url,arrow,later};
    //# sourceMappingURL=a.js.map`;
  const { in: sum, url, arrow, later } = run(source, { a: 1 }, { b: 2 });
  expect({ sum, url, arrow }).toEqual({ sum: 3, url: 'file:///here.js', arrow: '→ ünd 😀' });
  expect(await (later as () => Promise<string>)()).toBe('loaded ./z.js');
});

test('the module in its place exports the same names', () => {
  const { facade } = chunkScript('import{a}from"./x.js";export{a as in};', NAMES);
  expect(facade).toBe(
    'import{runCompiled}from"./compiled-chunk.js";import*as __from0 from"./x.js";' +
      'const{in:__value0}=runCompiled("./a.cjs",{meta:import.meta,load:(specifier)=>import(specifier)},[__from0]);export{__value0 as in};\n',
  );
});

test.each([
  ['let a=1;const set=()=>{a=2};export{a,set};', 'the export a is given another value later'],
  ['const a=String.raw`ü`;export{a};', 'a tagged template with a sign beyond ASCII'],
  ['export default 1;', 'an export that the bundler never wrote before'],
])('what a script could not say stops the build: %s', (source, problem) => {
  expect(() => chunkScript(source, NAMES)).toThrow(problem);
});
