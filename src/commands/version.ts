import { asksForData } from './asks-for-data.ts';
import type { Command } from './command.ts';

export const versionCommand: Command = {
  name: 'version',
  summary: 'The version of sre-orch and of what it runs on',
  settings: ['output'],
  examples: ['sre-orch version --output json'],
  async run(_input, { settings, version }) {
    const versions = { sre_orch: version, node: process.versions.node, platform: `${process.platform}-${process.arch}` };
    if (asksForData(settings)) return { kind: 'json', value: versions };
    return { kind: 'text', text: `sre-orch ${versions.sre_orch} (Node ${versions.node}, ${versions.platform})` };
  },
};
