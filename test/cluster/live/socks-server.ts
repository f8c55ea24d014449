import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A SOCKS5 proxy (RFC 1928, RFC 1929) that leads every name to this machine, as one inside a network knows names that nobody outside does. */
export interface SocksServer extends AsyncDisposable {
  readonly address: string;
  /** What it was asked to connect to: `api.internal:6443`. */
  readonly asked: readonly string[];
}

const VERSION = 5;
const [NO_LOGIN, LOGIN, NONE_FITS] = [0, 2, 0xff];
const [BY_ADDRESS, BY_NAME] = [1, 3];
const REFUSED = 5;

export async function openSocksServer(login?: { readonly user: string; readonly password: string }): Promise<SocksServer> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    serve(new Bytes(socket), socket, { asked, login }).catch(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Told {
  readonly asked: string[];
  readonly login: { readonly user: string; readonly password: string } | undefined;
}

async function serve(bytes: Bytes, socket: Socket, { asked, login }: Told): Promise<void> {
  const [, methods = 0] = await bytes.take(2);
  const offered = [...(await bytes.take(methods))];
  const method = login === undefined ? NO_LOGIN : LOGIN;
  socket.write(Buffer.from([VERSION, offered.includes(method) ? method : NONE_FITS]));
  if (!offered.includes(method)) return void socket.end();
  if (login !== undefined) {
    const [, length = 0] = await bytes.take(2);
    const user = (await bytes.take(length)).toString();
    const password = (await bytes.take((await bytes.take(1))[0] ?? 0)).toString();
    const right = user === login.user && password === login.password;
    socket.write(Buffer.from([1, right ? 0 : 1]));
    if (!right) return void socket.end();
  }
  const [, , , kind] = await bytes.take(4);
  const host =
    kind === BY_NAME ? (await bytes.take((await bytes.take(1))[0] ?? 0)).toString() : kind === BY_ADDRESS ? [...(await bytes.take(4))].join('.') : 'unknown';
  const port = (await bytes.take(2)).readUInt16BE();
  asked.push(`${host}:${port}`);
  const onward = connect(port, '127.0.0.1');
  socket.on('error', () => onward.destroy());
  const reached = await once(onward, 'connect').then(
    () => true,
    () => false,
  );
  if (!reached) return void socket.end(Buffer.from([VERSION, REFUSED, 0, BY_ADDRESS, 0, 0, 0, 0, 0, 0]));
  socket.write(Buffer.from([VERSION, 0, 0, BY_ADDRESS, 127, 0, 0, 1, port >> 8, port & 0xff]));
  onward.on('error', () => socket.destroy());
  bytes.release(onward);
  onward.pipe(socket).pipe(onward);
}

/** So many bytes of a socket, when they are there. */
class Bytes {
  #held = Buffer.alloc(0);
  readonly #socket: Socket;
  readonly #onData = (chunk: Buffer): void => {
    this.#held = Buffer.concat([this.#held, chunk]);
  };

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', this.#onData);
  }

  async take(count: number): Promise<Buffer> {
    while (this.#held.length < count) await once(this.#socket, 'data');
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }

  /** What came already goes on; the rest is piped. */
  release(onward: Socket): void {
    this.#socket.off('data', this.#onData);
    if (this.#held.length > 0) onward.write(this.#held);
  }
}
