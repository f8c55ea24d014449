import { describe, expect, test } from 'vitest';
import { blockedBy, guardedLookup, isAddressOrNetwork } from '../../src/notify/blocked-addresses.ts';

describe('addresses that a webhook must not lead to', () => {
  test.each([
    '127.0.0.1', '0.0.0.0', '10.1.2.3', '100.64.0.1', '169.254.169.254', '172.16.0.1', '192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255',
    '::1', '::', '::ffff:10.0.0.1', '::ffff:169.254.169.254', 'fe80::1', 'fd00::1', 'fd00:ec2::254', '64:ff9b::a9fe:a9fe', '2002:a9fe:a9fe::1', '2001:0:1::1', 'ff02::1', 'localhost', '',
  ])('%s is blocked', (address) => expect(blockedBy([])(address)).toBe(true)); // biome-ignore format: a list

  test.each(['93.184.216.34', '172.32.0.1', '8.8.8.8', '2606:4700:4700::1111'])('%s is not', (address) => expect(blockedBy([])(address)).toBe(false));

  test('what is named as ours is not', () => {
    const isBlocked = blockedBy(['10.1.0.0/16', 'fd00::7']);
    expect(['10.1.9.9', '::ffff:10.1.9.9', 'fd00::7', '10.2.0.1', 'fd00::8'].map(isBlocked)).toEqual([false, false, false, true, true]);
    expect(['10.1.0.0/16', '::1', '1.2.3.4/33', '1.2.3.4/', 'x', '1.2.3.4/8/8'].map(isAddressOrNetwork)).toEqual([true, true, false, false, false, false]);
  });
});

describe('a name', () => {
  const resolved = (addresses: readonly string[], all: boolean): Promise<unknown> => {
    const system = ((_name: string, _options: object, done: (error: null, found: object[]) => void) =>
      done(null, addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))) as never; // biome-ignore format: one call
    return new Promise((resolve) => guardedLookup(blockedBy([]), system)('hooks.example', { all }, (error, address) => resolve(error ?? address)));
  };

  test('is refused where any of its addresses is blocked', async () => {
    expect(await resolved(['93.184.216.34', '169.254.169.254'], true)).toMatchObject({ code: 'ADDRESS_BLOCKED' });
    expect(await resolved(['10.0.0.1'], false)).toMatchObject({ code: 'ADDRESS_BLOCKED' });
    expect(await resolved([], false)).toMatchObject({ code: 'ADDRESS_BLOCKED' });
  });

  test('leads to its addresses otherwise', async () => {
    expect(await resolved(['93.184.216.34'], false)).toBe('93.184.216.34');
    expect(await resolved(['93.184.216.34'], true)).toEqual([{ address: '93.184.216.34', family: 4 }]);
  });
});
