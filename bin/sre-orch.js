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

process.getBuiltinModule('node:module').enableCompileCache();
await import('../dist/main.js');
