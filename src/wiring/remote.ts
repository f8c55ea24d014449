import type { InvestigationClient } from '../client/investigation-client.ts';
import { remoteClient } from '../client/remote/remote-client.ts';
import { ServerApi } from '../client/remote/server-api.ts';
import type { Settings } from '../config/settings.ts';
import { coded } from '../errors/coded-error.ts';
import { serverUrlProblem } from '../net/server-url.ts';
import { insecureHostsOf } from './model.ts';

/** A client of the server at an address. Throws SETTINGS_INVALID for one that must not be spoken to. */
export function openRemoteClient(address: string, settings: Settings): InvestigationClient {
  const problem = serverUrlProblem(address, insecureHostsOf(settings));
  if (problem !== undefined) throw coded('SETTINGS_INVALID', { problems: [`--server: ${problem}`] });
  return remoteClient(new ServerApi({ url: new URL(address), apiKey: settings.apiKey }));
}
