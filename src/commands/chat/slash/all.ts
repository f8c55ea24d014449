import type { SlashCommand } from '../../../session/slash-command.ts';
import type { CommandContext } from '../../context.ts';
import { type DeclaredSlash, slashOf } from '../declared-slash.ts';
import { clearSlash } from './clear.ts';
import { compareSlash } from './compare.ts';
import { configSlash } from './config.ts';
import { contextSlash } from './context.ts';
import { eventsSlash } from './events.ts';
import { evidenceSlash } from './evidence.ts';
import { exitSlash } from './exit.ts';
import { exportSlash } from './export.ts';
import { graphSlash } from './graph.ts';
import { helpSlash } from './help.ts';
import { investigateSlash } from './investigate.ts';
import { listSlash } from './list.ts';
import { logsSlash } from './logs.ts';
import { modelSlash } from './model.ts';
import { namespaceSlash } from './namespace.ts';
import { rerunSlash } from './rerun.ts';
import { rulesSlash } from './rules.ts';
import { showSlash } from './show.ts';
import { timelineSlash } from './timeline.ts';

/** Every command behind a slash, in the order of /help: look, look closer, look again, tell others, the session itself. */
const DECLARED: readonly DeclaredSlash[] = [
  investigateSlash,
  showSlash,
  evidenceSlash,
  timelineSlash,
  logsSlash,
  eventsSlash,
  graphSlash,
  rerunSlash,
  compareSlash,
  listSlash,
  exportSlash,
  rulesSlash,
  namespaceSlash,
  contextSlash,
  modelSlash,
  configSlash,
  clearSlash,
  helpSlash,
  exitSlash,
];

export function slashCommands(context: CommandContext): SlashCommand[] {
  return DECLARED.map((declared) => slashOf(declared, context));
}
