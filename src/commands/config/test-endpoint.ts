import { coded } from '../../errors/coded-error.ts';
import { EXIT } from '../../errors/row.ts';
import { findingsSentence } from '../../llm/probe/findings.ts';
import { keepProbe } from '../../llm/probe/probe-cache.ts';
import { probeEndpoint } from '../../llm/probe/probe-endpoint.ts';
import { asksForData } from '../asks-for-data.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';

/** `config test`: asks the endpoint, says in a sentence what works, and keeps it for investigations. */
export async function testEndpoint({ options }: CommandInput, context: CommandContext): Promise<CommandResult> {
  const { settings } = context;
  const model = await context.openModel();
  if (model === undefined) throw coded('LLM_NOT_CONFIGURED', { missing: 'LLM_BASE_URL' });
  const { endpoint, baseUrl, apiKey, known } = model;
  const cached = options['cached'] === true ? known : undefined;
  const found = cached ?? (await probeEndpoint(endpoint, { baseUrl, apiKey, contextSetting: settings.llmContext, now: context.now() }, context.interrupted));
  if (cached === undefined && found.chat && context.probeFile !== undefined) await keepProbe(context.probeFile, found);
  const exitCode = found.chat ? EXIT.ok : EXIT.error;
  if (asksForData(settings)) return { kind: 'json', value: found, exitCode };
  return { kind: 'text', text: findingsSentence(found, endpoint.label), exitCode };
}
