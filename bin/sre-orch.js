#!/usr/bin/env node
// Written so that an old Node can read it far enough to say which one is needed.
const NEEDED = [22, 22, 2];

function isOldEnoughToFail(version) {
  const parts = version.split('.').map(Number);
  for (let i = 0; i < NEEDED.length; i += 1) {
    if (parts[i] !== NEEDED[i]) return parts[i] < NEEDED[i];
  }
  return false;
}

if (isOldEnoughToFail(process.versions.node)) {
  // A checkout brings its own Node as a development dependency.
  const { existsSync } = await import('node:fs');
  const { fileURLToPath } = await import('node:url');
  const own = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
  if (existsSync(own) && process.env.SRE_ORCH_REEXEC === undefined) {
    const { spawnSync } = await import('node:child_process');
    const child = spawnSync(own, process.argv.slice(1), { stdio: 'inherit', env: { ...process.env, SRE_ORCH_REEXEC: '1' } });
    process.exit(child.status === null ? 1 : child.status);
  }
  process.stderr.write(`sre-orch needs Node ${NEEDED.join('.')} or newer; this is Node ${process.versions.node}.\n`);
  process.exit(2);
}

// One investigation lives a second: its young generation grows once, to 4 MB, and stays so (src/wiring/compose.ts), one thread is enough
// to clear it, and what a page of a large cluster left behind is collected sooner. 5,000 pods take 220 MB instead of 380.
// Servers keep what V8 thinks best.
if (process.argv.includes('investigate')) {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  for (const flag of ['--semi-space-growth-factor=4', '--single-threaded-gc', '--heap-growing-percent=130']) setFlagsFromString(flag);
}
process.getBuiltinModule('node:module').enableCompileCache();
await import('../dist/main.js');
