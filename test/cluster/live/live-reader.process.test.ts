import { openLiveReader } from '../../../src/cluster/live/open-live-reader.ts';
import { describeClusterReader } from '../conformance.ts';
import { openFakeApiServer } from './fake-api-server.ts';

describeClusterReader('live', async (fixture) => {
  const server = await openFakeApiServer({ fixture });
  const reader = await openLiveReader({ kubeconfig: server.kubeconfig, env: {} });
  const close = reader[Symbol.asyncDispose].bind(reader);
  return Object.assign(reader, {
    async [Symbol.asyncDispose]() {
      await close();
      await server[Symbol.asyncDispose]();
    },
  });
});
