import type { IncidentClient } from '../client/investigation-client.ts';
import { remoteClient } from '../client/remote/remote-client.ts';
import { remoteSession } from '../client/remote/remote-session.ts';
import { ServerApi } from '../client/remote/server-api.ts';
import type { SessionClient } from '../client/session-client.ts';
import type { Settings } from '../config/settings.ts';
import { coded } from '../errors/coded-error.ts';
import { serverUrlProblem } from '../net/server-url.ts';
import { insecureHostsOf } from './model.ts';

/** A client of the server at an address. Throws SETTINGS_INVALID for one that must not be spoken to. */
export function openRemoteClient(address: string, settings: Settings): IncidentClient {
  return remoteClient(apiOf(address, settings));
}

/** A session with that server. */
export function openRemoteSession(address: string, settings: Settings, asking: { readonly asksModel?: boolean } = {}): SessionClient {
  return remoteSession(apiOf(address, settings), asking);
}

function apiOf(address: string, settings: Settings): ServerApi {
  const problem = serverUrlProblem(address, insecureHostsOf(settings));
  if (problem !== undefined) throw coded('SETTINGS_INVALID', { problems: [`--server: ${problem}`] });
  return new ServerApi({ url: new URL(address), apiKey: settings.apiKey });
}
