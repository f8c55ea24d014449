import { coded } from '../../../errors/coded-error.ts';
import { printableValue } from '../../../report/printable.ts';
import { drawReport } from '../../../report/text.ts';
import { answer } from '../../../session/said.ts';
import type { DeclaredSlash } from '../declared-slash.ts';

export const showSlash: DeclaredSlash = {
  name: 'show',
  usage: '[id]',
  summary: 'the whole report; with an id, of a stored investigation, and go on with it',
  completes: 'incidents',
  async *run({ words: [id], conversation }) {
    const { report: current } = conversation.situation;
    const report = id === undefined ? current : await (await conversation.client()).report(id);
    if (report === undefined) throw coded('SESSION_EMPTY', {});
    if (report !== current) yield { type: 'concluded', report };
    yield answer((page) => drawReport(page, printableValue(report), false));
  },
};
