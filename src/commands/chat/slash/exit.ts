import type { DeclaredSlash } from '../declared-slash.ts';

export const exitSlash: DeclaredSlash = {
  name: 'exit',
  summary: 'leave; chat --resume goes on',
  async *run() {
    yield { type: 'left' };
  },
};
