import { asCoded } from '../../errors/coded-error.ts';
import { EXIT } from '../../errors/row.ts';
import { printable } from '../../report/printable.ts';
import type { ChatStart } from '../../session/chat-screen.ts';
import type { CommandContext } from '../context.ts';
import { plainWatcher } from '../plain-watcher.ts';
import { drawn } from './drawn.ts';

/**
 * A session without a screen: a line of input is a question, answers go to stdout, everything else to stderr. Ends with the input;
 * the exit code is that of the first question that could not be answered.
 */
export async function plainChat({ conversation, history, first, notices }: ChatStart, context: CommandContext): Promise<number> {
  const { output, interrupted } = context;
  const watcher = plainWatcher(output, { quiet: !output.isTerminal });
  let exitCode: number = EXIT.ok;
  notices.showWith((text) => output.err(`note: ${printable(text)}\n`));
  const answer = async (line: string): Promise<boolean> => {
    history.add(line);
    try {
      for await (const said of conversation.say(line, interrupted)) {
        if (said.type === 'event' && said.aside !== true) watcher.show(said.event);
        else if (said.type === 'answer') await output.out(`${drawn(said.draw, context)}\n`);
        else if (said.type === 'document') await output.out(`${said.text.trimEnd()}\n\n`);
        else if (said.type === 'left') return false;
      }
    } catch (error) {
      if (interrupted.aborted) return false;
      const { code, message, row } = asCoded(error);
      output.err(`${printable([`error ${code}: ${message}`, ...row.nextSteps.map((step) => `  ${step}`)].join('\n'))}\n`);
      exitCode = exitCode === EXIT.ok ? row.exitCode : exitCode;
    }
    return !interrupted.aborted;
  };
  if (first === undefined || (await answer(first)))
    for await (const line of context.readLines(interrupted)) if (line.trim() !== '' && !(await answer(line))) break;
  return interrupted.aborted ? EXIT.interrupted : exitCode;
}
