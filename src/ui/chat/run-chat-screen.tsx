import { render } from 'ink';
import type { ChatScreenOptions } from '../../session/chat-screen.ts';
import { themeFor } from '../theme.ts';
import { ChatView } from './ChatView.tsx';
import { ChatController } from './chat-controller.ts';

/** Shows a session on a terminal until the person leaves it. */
export async function runChatScreen(options: ChatScreenOptions): Promise<void> {
  const { input, output, color, unicode, ending } = options;
  const controller = new ChatController(options);
  const app = render(<ChatView controller={controller} theme={themeFor({ color, unicode })} />, {
    stdin: input,
    stdout: output,
    // Ctrl-C stops an answer, never the session.
    exitOnCtrlC: false,
    interactive: true,
    patchConsole: false,
    incrementalRendering: true,
    // A key is to be seen before the next one is pressed.
    maxFps: 120,
  });
  const left = new Promise<void>((resolve) => {
    const look = (): void => {
      if (!controller.current().left) return;
      stop();
      resolve();
    };
    const stop = controller.subscribe(look);
    ending.addEventListener('abort', () => controller.end(), { once: true });
    // The terminal is gone.
    input.once('end', () => controller.end());
  });
  const started = controller.start();
  await left;
  // What is finished must be in the scrollback, and the prompt gone, before the shell goes on.
  await app.waitUntilRenderFlush();
  app.unmount();
  await app.waitUntilExit();
  await started;
}
