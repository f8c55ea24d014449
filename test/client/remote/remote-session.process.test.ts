import { remoteSession } from '../../../src/client/remote/remote-session.ts';
import { ServerApi } from '../../../src/client/remote/server-api.ts';
import { aServer } from '../../server/a-server.ts';
import { describeSessionClient } from '../session-contract.ts';

describeSessionClient('a server', async () => {
  const server = aServer({ byKeys: true });
  const url = new URL(await server.app.listen({ host: '127.0.0.1', port: 0 }));
  const session = remoteSession(new ServerApi({ url, apiKey: server.key() }));
  return { ...session, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
});
