import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { Notices } from '../../../src/session/notices.ts';
import { ChatController } from '../../../src/ui/chat/chat-controller.ts';
import { textOf } from '../../../src/ui/chat/line-editor.ts';
import { aSession, type Spoken } from '../../session/a-session.ts';

// A whole investigation, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let spoken: Spoken;
beforeAll(async () => {
  spoken = await aSession();
}, 60_000);

interface Held {
  readonly controller: ChatController;
  readonly said: string[];
  readonly notices: Notices;
  readonly type: (...keys: string[]) => void;
  readonly until: (what: (state: ReturnType<ChatController['current']>) => boolean) => Promise<string>;
}

/** A controller over the session, without Ink. */
function held(): Held {
  const said: string[] = [];
  const notices = new Notices();
  const output = Object.assign(new PassThrough(), { columns: 100, rows: 30 }) as unknown as NodeJS.WriteStream;
  const controller = new ChatController({
    conversation: spoken.conversation,
    history: { entries: ['an older line'], add: (line) => said.push(line) },
    first: undefined,
    notices,
    restore: (text) => text,
    input: new PassThrough() as unknown as NodeJS.ReadStream,
    output,
    color: 'none',
    unicode: true,
    ending: new AbortController().signal,
  });
  const text = (): string =>
    controller
      .current()
      .items.map((item) => ('line' in item ? item.line.text : item.text))
      .join('\n');
  return {
    controller,
    said,
    notices,
    type: (...keys) => {
      for (const key of keys) controller.press(/^(?:C-.|enter|tab|up)$/.test(key) ? { name: key, text: '' } : { name: 'text', text: key });
    },
    until: (what) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (what(controller.current())) resolve(text());
        };
        controller.subscribe(look);
        look();
      }),
  };
}

describe('keys and answers', () => {
  test('a line is said, answered above, and remembered', async () => {
    const { controller, said, type, until } = held();
    await controller.start();
    expect(controller.current().where.slice(0, 2)).toEqual(['dump of sre-cluster', 'shop']);
    type('checkout is failing in shop', 'enter');
    expect(controller.current().running).toBeDefined();
    const text = await until(({ running }) => running === undefined);
    expect(text).toMatch(/❯ checkout is failing in shop\nincident inc-[\s\S]*\n\n✖ Root cause: Insufficient Memory/);
    expect(said).toEqual(['checkout is failing in shop']);
    expect(controller.current().where[2]).toBe('Insufficient Memory');
  });

  test('lines that are said meanwhile wait for their turn', async () => {
    const { controller, type, until } = held();
    type('why', 'enter', 'is it memory?', 'enter');
    expect(controller.current().queued).toEqual(['is it memory?']);
    const text = await until(({ running, items }) => running === undefined && items.length > 3);
    expect(text).toMatch(/❯ why[\s\S]*❯ is it memory\?\n✖ Yes \(high\)/);
  });

  test('Ctrl-C stops the answer and what waits, then clears the line, then tells how to leave', async () => {
    const { controller, type, until } = held();
    type('checkout is failing in shop', 'enter', 'why', 'enter', 'C-c');
    expect(controller.current().queued).toEqual([]);
    await until(({ running }) => running === undefined);
    type('half a line', 'C-c');
    expect(textOf(controller.current().prompt.editor)).toBe('');
    type('C-c');
    expect(controller.current().notice).toBe('Ctrl-D or /exit leaves');
    type('C-d');
    expect(controller.current().left).toBe(true);
  });

  test('Tab completes names of objects', async () => {
    const { controller, type, until } = held();
    type('logs of storef', 'tab');
    await until(({ prompt }) => textOf(prompt.editor) === 'logs of storefront');
    // Its pods begin so, too.
    expect(controller.current().prompt.menu?.words.map(({ word }) => word)).toContain('storefront');
  });

  test('an error and a notice stand among the answers, and the session goes on', async () => {
    const { notices, controller, type, until } = held();
    await controller.start();
    notices.tell('the disk is full');
    type('/nosuch', 'enter');
    const text = await until(({ running, items }) => running === undefined && items.length > 2);
    expect(text).toMatch(/\? the disk is full[\s\S]*❯ \/nosuch\n\? There is no command \/nosuch[\s\S]*\/help lists the commands/);
  });

  test('what was said before comes back with Up; of a long paste the beginning is shown', async () => {
    const { controller, type, until } = held();
    type('up');
    expect(textOf(controller.current().prompt.editor)).toBe('an older line');
    type('C-c');
    controller.paste(`/nosuch\n${'x\n'.repeat(20)}y`);
    type('enter');
    expect(await until(({ running, items }) => running === undefined && items.length > 1)).toMatch(/❯ \/nosuch\n {2}x\n {2}x\n {2}and 19 more lines/);
  });
});
