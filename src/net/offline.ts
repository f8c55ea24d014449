import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, Socket } from 'node:net';
import { coded } from '../errors/coded-error.ts';

/** Loopback, private networks, carrier-grade NAT (clusters use it), unique local and link-local IPv6. Not 169.254: a cloud's metadata are there. */
const INSIDE: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['127.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
];

interface Target {
  /** That of a Unix socket; Node's own agent gives null. */
  readonly path?: string | null;
  readonly host?: string;
  readonly port?: number;
  readonly lookup?: typeof systemLookup;
}

type Answered = (error: Error | null, address?: string | { address: string }[], family?: number) => void;
type Connect = (this: Socket, ...args: unknown[]) => Socket;

let guarded = false;

/**
 * From here on no socket of this process is opened to an address outside this machine, private networks and `inside`. It stands
 * below every client, so that none can forget it: names are resolved, and what they resolve to is checked before anything is sent.
 */
export function forbidOutside(inside: readonly string[] = []): void {
  if (guarded) return;
  guarded = true;
  const isInside = insideOf(inside);
  const prototype = Socket.prototype as unknown as { connect: Connect };
  const connect = prototype.connect;
  prototype.connect = function guardedConnect(...args) {
    const [target, callback] = targetOf(args);
    if (typeof target.path === 'string') return connect.apply(this, args);
    const host = target.host ?? 'localhost';
    if (isIP(host) !== 0) {
      if (isInside(host)) return connect.apply(this, args);
      process.nextTick(() => this.destroy(coded('ADDRESS_NOT_OFFLINE', { address: host })));
      return this;
    }
    return connect.call(this, { ...target, lookup: guardedLookup(target.lookup ?? systemLookup, isInside) }, callback);
  };
}

/** Whether an address may be spoken to. */
export function insideOf(more: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const [network, prefix, family] of INSIDE) list.addSubnet(network, prefix, family);
  for (const address of more) if (isIP(address) !== 0) list.addAddress(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
  };
}

/** What was passed to connect, in any of its ways: options, port and host, a list of both made by Node itself. */
function targetOf(args: readonly unknown[]): [Target & object, unknown] {
  const [first, second, third] = args;
  if (Array.isArray(first)) return [first[0] as Target, first[1]];
  if (typeof first === 'object' && first !== null) return [first as Target, second];
  if (typeof first === 'string' && Number.isNaN(Number(first))) return [{ path: first }, second];
  const host = typeof second === 'string' ? { host: second } : {};
  return [{ port: Number(first), ...host }, typeof second === 'function' ? second : third];
}

function guardedLookup(lookup: typeof systemLookup, isInside: (address: string) => boolean): unknown {
  return (name: string, options: object, done: Answered) => {
    const answered: Answered = (error, found, family) => {
      const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found ?? ''];
      const outside = error === null ? addresses.find((address) => !isInside(address)) : undefined;
      if (outside === undefined) done(error, found, family);
      else done(coded('ADDRESS_NOT_OFFLINE', { address: `${name} (${outside})` }));
    };
    (lookup as unknown as (name: string, options: object, done: Answered) => void)(name, options, answered);
  };
}
