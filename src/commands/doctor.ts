import { CLUSTER_SETTINGS, TELEMETRY_SETTINGS } from '../config/settings.ts';
import type { Command } from './command.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Check what an investigation stands on: cluster, permissions, store, rules, Node',
  settings: ['profile', 'namespace', ...CLUSTER_SETTINGS, 'rules', 'output', 'timeout', 'dataDir', 'store', ...TELEMETRY_SETTINGS],
  options: [{ flags: '-A, --all-namespaces', help: 'check the permissions for all namespaces', conflicts: ['namespace'] }],
  examples: ['sre-orch doctor', 'sre-orch doctor -n shop', 'sre-orch doctor -A --output json', 'sre-orch doctor --agents agents.yaml --cluster eu-west'],
  run: async (input, context) => (await import('./doctor/run-doctor.ts')).runDoctor(input, context),
};
