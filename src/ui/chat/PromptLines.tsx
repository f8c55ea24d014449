import { Text, useCursor } from 'ink';
import type { ReactNode } from 'react';
import type { ChatController, ChatState } from './chat-controller.ts';
import { frame } from './frame.ts';
import { withSlashMenu } from './slash-menu.ts';

interface Props {
  readonly controller: ChatController;
  readonly state: ChatState;
  /** Rows of the frame above these. */
  readonly above: number;
  readonly rows: number;
  readonly columns: number;
}

/** Where one is, what is being written, and what it may become; the terminal's own cursor stands in it. */
export function PromptLines({ controller, state, above, rows, columns }: Props): ReactNode {
  const { conversation, unicode } = controller.options;
  const { lines, cursor } = frame({
    prompt: withSlashMenu(state.prompt, conversation.slash),
    history: controller.history,
    where: state.where,
    queued: state.queued.length,
    notice: state.notice,
    columns,
    rows,
    paint: controller.paint,
    unicode,
  });
  const { setCursorPosition } = useCursor();
  setCursorPosition({ x: cursor.x, y: above + cursor.y });
  return (
    <>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a window have a place and nothing else
        <Text key={index} wrap="truncate-end">
          {line === '' ? ' ' : line}
        </Text>
      ))}
    </>
  );
}
