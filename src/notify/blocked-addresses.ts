import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { coded } from '../errors/coded-error.ts';

/** What is not the public internet (https://www.iana.org/assignments/iana-ipv4-special-registry, …ipv6…): clouds keep credentials there. */
const SPECIAL: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
];
/** What an IPv6 network hides an IPv4 address in is none of the internet that is meant here: 6to4, Teredo, NAT64. */
const PUBLIC_V6 = ['2000::', 3] as const;
const HIDING_V6 = [
  ['2001::', 32],
  ['2002::', 16],
  ['2001:db8::', 32],
] as const;

/** Whether an address must not be spoken to. `allowed`: addresses and networks of ours that receive all the same. */
export function blockedBy(allowed: readonly string[]): (address: string) => boolean {
  const [special, publicV6, named] = [new BlockList(), new BlockList(), new BlockList()];
  for (const [network, prefix, family] of SPECIAL) special.addSubnet(network, prefix, family);
  publicV6.addSubnet(...PUBLIC_V6, 'ipv6');
  for (const [network, prefix] of HIDING_V6) special.addSubnet(network, prefix, 'ipv6');
  for (const each of allowed) addTo(named, each);
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    const version = isIP(plain);
    if (version === 0) return true;
    const family = version === 6 ? 'ipv6' : 'ipv4';
    if (named.check(plain, family)) return false;
    return special.check(plain, family) || (version === 6 && !publicV6.check(plain, family));
  };
}

/** Whether it is an address, or a network as `10.1.0.0/16`. */
export function isAddressOrNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  return version !== 0 && rest.length === 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 6 ? 128 : 32)));
}

/**
 * Resolves a name and refuses it where any of its addresses is blocked. It is asked by the socket that connects, so that no later answer
 * of the same name can lead elsewhere (DNS rebinding).
 */
export function guardedLookup(isBlocked: (address: string) => boolean, lookup: typeof systemLookup = systemLookup): LookupFunction {
  return (name, options, done) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, '', 0);
      const blocked = addresses.find(({ address }) => isBlocked(address));
      const [first] = addresses;
      if (blocked !== undefined || first === undefined) return done(coded('ADDRESS_BLOCKED', { address: blocked?.address ?? name }), '', 0);
      if (options.all === true) return (done as unknown as (error: null, all: typeof addresses) => void)(null, addresses);
      return done(null, first.address, first.family);
    });
  };
}

function addTo(list: BlockList, text: string): void {
  const [address = '', prefix] = text.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (prefix === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(prefix), family);
}
