import type { Command } from './command.ts';
import { completionCommand } from './completion.ts';
import { investigateCommand } from './investigate.ts';
import { listCommand } from './list.ts';
import { showCommand } from './show.ts';
import { versionCommand } from './version.ts';

/** Every command, in the order of --help. */
export const COMMANDS: readonly Command[] = [investigateCommand, listCommand, showCommand, versionCommand, completionCommand(() => COMMANDS)];
