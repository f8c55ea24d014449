import { agentCommand } from './agent.ts';
import { cancelCommand } from './cancel.ts';
import { chatCommand } from './chat.ts';
import type { Command } from './command.ts';
import { completionCommand } from './completion.ts';
import { configCommand } from './config.ts';
import { diffCommand } from './diff.ts';
import { doctorCommand } from './doctor.ts';
import { feedbackCommand } from './feedback.ts';
import { graphCommand } from './graph.ts';
import { investigateCommand } from './investigate.ts';
import { keysCommand } from './keys.ts';
import { listCommand } from './list.ts';
import { mcpCommand } from './mcp.ts';
import { rerunCommand } from './rerun.ts';
import { rulesCommand } from './rules.ts';
import { schemaCommand } from './schema.ts';
import { serveCommand } from './serve.ts';
import { showCommand } from './show.ts';
import { snapshotCommand } from './snapshot.ts';
import { toolsCommand } from './tools.ts';
import { versionCommand } from './version.ts';

/** Every command, in the order of --help. */
export const COMMANDS: readonly Command[] = [
  investigateCommand,
  chatCommand,
  listCommand,
  showCommand,
  diffCommand,
  rerunCommand,
  cancelCommand,
  feedbackCommand,
  rulesCommand,
  graphCommand,
  snapshotCommand,
  toolsCommand,
  mcpCommand,
  serveCommand,
  agentCommand,
  keysCommand,
  configCommand,
  doctorCommand,
  schemaCommand,
  versionCommand,
  completionCommand,
];
