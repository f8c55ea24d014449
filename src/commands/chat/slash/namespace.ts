import { nearNames } from '../../../domain/near-names.ts';
import { coded } from '../../../errors/coded-error.ts';
import { namespacesSeen } from '../../../session/reads/names.ts';
import { answer } from '../../../session/said.ts';
import { namespaceOf } from '../../../session/situation.ts';
import type { DeclaredSlash } from '../declared-slash.ts';

export const namespaceSlash: DeclaredSlash = {
  name: 'namespace',
  usage: '[name | all]',
  summary: 'look at one namespace from now on',
  more: '"all": wherever the question leads. Without a name, it lists them.',
  completes: 'namespaces',
  async *run({ words: [name], conversation }, signal) {
    const known = await namespacesSeen(await conversation.client(), signal);
    if (name === undefined) {
      const here = namespaceOf(conversation.situation);
      yield answer((page) => {
        if (known === undefined) page.hang({ text: `Namespaces may not be listed. This is ${here ?? 'all of them'}.` });
        for (const each of known ?? []) page.hang({ label: each === here ? page.glyphs.bullet : ' ', text: each });
      });
      return;
    }
    // What may not be listed is believed.
    if (name !== 'all' && known !== undefined && !known.includes(name)) throw coded('NAMESPACE_UNKNOWN', { name, near: nearNames(name, known) });
    conversation.chooseNamespace(name === 'all' ? undefined : name);
    yield answer((page) =>
      page.hang({ text: name === 'all' ? 'From now on wherever the question leads.' : `From now on in namespace ${name}.`, role: 'quiet' }),
    );
  },
};
