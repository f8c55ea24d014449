import { coded } from '../../../errors/coded-error.ts';
import { printableValue } from '../../../report/printable.ts';
import { drawReport } from '../../../report/text.ts';
import { answer } from '../../../session/said.ts';
import type { DeclaredSlash } from '../declared-slash.ts';

export const showSlash: DeclaredSlash = {
  name: 'show',
  usage: '[id]',
  summary: 'the whole report',
  more: 'With an id, that of a stored investigation, which the session then goes on with.',
  completes: 'incidents',
  async *run({ words: [id], conversation }) {
    const { report: current } = conversation.situation;
    const report = id === undefined ? current : await (await conversation.client()).report(id);
    if (report === undefined) throw coded('SESSION_EMPTY', {});
    if (report !== current) yield { type: 'concluded', report };
    yield answer((page) => drawReport(page, printableValue(report), false));
  },
};
