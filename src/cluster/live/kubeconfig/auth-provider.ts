import { KubeConfig } from '@kubernetes/client-node';
import { type Plugin, pluginError } from './plugin.ts';

/** The older cloud providers, refreshed by the Kubernetes client. It is asked for the header alone. */
export function authProvider(user: string, provider: object): Plugin {
  const client = new KubeConfig();
  // The address is never contacted: only the user's part of the answer is taken.
  client.loadFromOptions({
    clusters: [{ name: 'cluster', server: 'https://localhost', skipTLSVerify: false }],
    users: [{ name: user, authProvider: provider }],
    contexts: [{ name: 'context', cluster: 'cluster', user }],
    currentContext: 'context',
  });
  return async () => {
    const options: { headers?: Record<string, string> } = {};
    try {
      await client.applyToHTTPSOptions(options as Parameters<KubeConfig['applyToHTTPSOptions']>[0]);
    } catch (error) {
      throw pluginError(user, error);
    }
    const authorization = options.headers?.['Authorization'];
    return { headers: authorization === undefined ? {} : { authorization } };
  };
}
