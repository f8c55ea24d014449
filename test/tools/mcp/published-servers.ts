import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** The published filesystem server, over stdio: how it is started. */
export function filesystemServer(folder: string): { command: string; args: string[] } {
  return { command: process.execPath, args: [join(folderOf('@modelcontextprotocol/server-filesystem'), 'dist/index.js'), folder] };
}

/** The published "everything" server, over streamable HTTP; it can be killed and started again at its address. */
export class EverythingServer implements AsyncDisposable {
  readonly port: number;
  #child: ChildProcess | undefined;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(): Promise<EverythingServer> {
    const server = new EverythingServer(await freePort());
    await server.up();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/mcp`;
  }

  async up(): Promise<void> {
    const child = spawn(process.execPath, [join(folderOf('@modelcontextprotocol/server-everything'), 'dist/index.js'), 'streamableHttp'], {
      env: { PATH: process.env['PATH'], PORT: String(this.port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    for await (const chunk of child.stderr) if (String(chunk).includes('listening')) break;
    child.stderr.destroy();
  }

  async down(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
