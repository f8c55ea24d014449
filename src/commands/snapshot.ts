import { CLUSTER_SETTINGS, TELEMETRY_SETTINGS } from '../config/settings.ts';
import type { Command } from './command.ts';

export const snapshotCommand: Command = {
  name: 'snapshot',
  summary: 'Write a dump of a cluster that can be investigated elsewhere; without secrets',
  settings: ['profile', 'namespace', ...CLUSTER_SETTINGS, 'timeout', ...TELEMETRY_SETTINGS],
  options: [
    { flags: '-A, --all-namespaces', help: 'all namespaces', conflicts: ['namespace'] },
    { flags: '--out <path>', help: 'a new folder, or a file that ends in .tar.gz', completes: 'files' },
    { flags: '--secret-names', help: 'also the names, types and keys of Secrets, never their values; needs the permission to list them' },
    { flags: '--quiet', help: 'print nothing but errors' },
  ],
  examples: ['sre-orch snapshot -n shop --out shop.tar.gz', 'sre-orch investigate "checkout is failing" --snapshot shop.tar.gz'],
  run: async (input, context) => (await import('./snapshot/write.ts')).writeDump(input, context),
};
