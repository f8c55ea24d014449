import { describe, expect, test } from 'vitest';
import type { ClusterReader, Listing } from '../../src/cluster/reader.ts';
import type { KubeObject } from '../../src/domain/kubernetes/object.ts';
import type { Kind } from '../../src/domain/kubernetes/resource-type.ts';
import type { Lookup } from '../../src/domain/lookup.ts';
import { type ClusterFixture, SECRET_VALUE, SHOP } from './fixture.ts';

/** What one kind of reader has no way to tell; its tests show as skipped. */
export type Ability = 'forbidden' | 'nameless-items' | 'all-namespaces' | 'selectors';

/** What every ClusterReader promises. `open` tells the fixture's cluster in the reader's own way, afresh for each test. */
export function describeClusterReader(name: string, open: (fixture: ClusterFixture) => Promise<ClusterReader>, cannot: readonly Ability[] = []): void {
  const { signal } = new AbortController();
  const testIf = (ability: Ability): typeof test.skip => test.skipIf(cannot.includes(ability));

  describe(`${name} keeps the ClusterReader contract`, () => {
    describe('four answers', () => {
      test.each<[Lookup<unknown>['status'], Kind, string | undefined, string]>([
        ['found', 'Deployment', 'shop', 'checkout'],
        ['found', 'Node', undefined, 'node-1'],
        ['not-found', 'Deployment', 'shop', 'nobody'],
        ['not-found', 'Deployment', 'nowhere', 'checkout'],
        ['not-collected', 'VolumeAttachment', undefined, 'csi-1'],
      ])('get: %s for %s %s/%s', async (status, kind, namespace, object) => {
        await using reader = await open(SHOP);
        expect((await reader.get(kind, namespace, object, signal)).status).toBe(status);
      });

      testIf('forbidden')('forbidden names the permission that is missing', async () => {
        await using reader = await open(SHOP);
        expect(await reader.get('ConfigMap', 'vault', 'policy', signal)).toMatchObject({ status: 'forbidden', needs: expect.stringContaining('configmaps') });
        expect(await reader.list('ConfigMap', { namespace: 'vault' }, signal)).toMatchObject({ status: 'forbidden', needs: 'list configmaps in vault' });
      });

      test('not-collected names what would have told', async () => {
        await using reader = await open(SHOP);
        const lookup = await reader.list('VolumeAttachment', {}, signal);
        expect(lookup).toMatchObject({ status: 'not-collected', needs: expect.stringMatching(/./) });
      });

      test('an answer says when it was read', async () => {
        await using reader = await open(SHOP);
        const lookup = await reader.get('Node', undefined, 'node-1', signal);
        expect([reader.asOf, 'readAt' in lookup ? lookup.readAt : ''].map((time) => new Date(time).toISOString())).toHaveLength(2);
      });
    });

    describe('lists', () => {
      test('hold the namespace, all of it and nothing else', async () => {
        await using reader = await open(SHOP);
        const { items, truncated } = found(await reader.list('Pod', { namespace: 'shop' }, signal));
        expect([names(items), truncated]).toEqual([['catalog-1', 'checkout-1', 'checkout-2'], false]);
      });

      testIf('all-namespaces')('hold all namespaces without one', async () => {
        await using reader = await open(SHOP);
        expect(names(found(await reader.list('Pod', {}, signal)).items)).toEqual(['catalog-1', 'checkout-1', 'checkout-2', 'keeper-1']);
      });

      test('give every item its kind and apiVersion', async () => {
        await using reader = await open(SHOP);
        expect(found(await reader.list('Deployment', { namespace: 'shop' }, signal)).items).toMatchObject([{ kind: 'Deployment', apiVersion: 'apps/v1' }]);
      });

      test.each([
        [2, 2, true],
        [3, 3, false],
      ])('with at most %i items, hold %i and say whether that cut it', async (maxItems, length, cut) => {
        await using reader = await open(SHOP);
        const { items, truncated } = found(await reader.list('Pod', { namespace: 'shop', maxItems }, signal));
        expect([items.length, truncated]).toEqual([length, cut]);
      });

      testIf('selectors').each([
        [{ labelSelector: 'app=checkout' }, ['checkout-1', 'checkout-2']],
        [{ fieldSelector: 'metadata.name=catalog-1' }, ['catalog-1']],
        [{ fieldSelector: 'status.phase!=Running' }, ['checkout-2']],
      ])('select by %o', async (selector, selected) => {
        await using reader = await open(SHOP);
        expect(names(found(await reader.list('Pod', { namespace: 'shop', ...selector }, signal)).items)).toEqual(selected);
      });

      test('keep what the projection returns', async () => {
        await using reader = await open(SHOP);
        const project = ({ kind, metadata }: KubeObject): KubeObject => ({ kind, metadata: { name: metadata.name.toUpperCase() } });
        const { items } = found(await reader.list('Pod', { namespace: 'shop', project }, signal));
        expect(names(items)).toEqual(['CATALOG-1', 'CHECKOUT-1', 'CHECKOUT-2']);
        expect(items[0]).not.toHaveProperty('spec');
      });

      test('hold metadata alone when asked to', async () => {
        await using reader = await open(SHOP);
        const [first] = found(await reader.list('Pod', { namespace: 'shop', metadataOnly: true }, signal)).items;
        expect(first).toMatchObject({ kind: 'Pod', metadata: { name: expect.any(String), labels: { app: expect.any(String) } } });
        expect(first).not.toHaveProperty('spec');
      });

      testIf('nameless-items')('leave out an item without a name, and say so', async () => {
        await using reader = await open(SHOP);
        const { items, problems } = found(await reader.list('Service', { namespace: 'shop' }, signal));
        expect([names(items), problems.length]).toEqual([['checkout'], 1]);
        expect(problems[0]).toMatch(/name/);
      });
    });

    test('no value of a Secret is ever answered', async () => {
      await using reader = await open(SHOP);
      const listed = await reader.list('Secret', { namespace: 'shop' }, signal);
      const got = await reader.get('Secret', 'shop', 'checkout-db', signal);
      expect(found(listed).items).toMatchObject([{ metadata: { name: 'checkout-db' } }]);
      expect(got).toMatchObject({ status: 'found' });
      expect(JSON.stringify([listed, got])).not.toContain(SECRET_VALUE);
    });

    describe('logs', () => {
      const run = { namespace: 'shop', pod: 'checkout-1', container: 'app', previous: false };

      test('of the present and the previous run', async () => {
        await using reader = await open(SHOP);
        expect(await reader.logs({ ...run, pod: 'catalog-1' }, signal)).toMatchObject({ status: 'found', value: { text: 'ready\n', truncated: false } });
        expect(await reader.logs({ ...run, previous: true }, signal)).toMatchObject({ status: 'found', value: { text: 'fatal: out of stock\n' } });
      });

      test('end where the log ends, however few lines are asked for', async () => {
        await using reader = await open(SHOP);
        const lookup = await reader.logs({ ...run, tailLines: 2 }, signal);
        expect(lookup).toMatchObject({ status: 'found', value: { text: 'line 099\nline 100\n', truncated: true } });
      });

      test('end where the log ends, however few bytes are allowed', async () => {
        await using reader = await open(SHOP);
        const lookup = await reader.logs({ ...run, tailLines: 50, maxBytes: 30 }, signal);
        expect(lookup).toMatchObject({ status: 'found', value: { text: expect.stringMatching(/line 100\n$/), truncated: true } });
        expect(lookup.status === 'found' && Buffer.byteLength(lookup.value.text)).toBeLessThanOrEqual(30);
      });

      test('are not found where there was no such run', async () => {
        await using reader = await open(SHOP);
        expect((await reader.logs({ ...run, pod: 'nobody' }, signal)).status).toBe('not-found');
      });
    });

    test('what does not lie beside the objects is not there', async () => {
      await using reader = await open(SHOP);
      expect(await reader.attachment('alerts.json', signal)).toBeUndefined();
    });

    test('an abort is thrown', async () => {
      await using reader = await open(SHOP);
      const aborted = AbortSignal.abort(new Error('enough'));
      await expect(reader.list('Pod', { namespace: 'shop' }, aborted)).rejects.toThrow('enough');
      await expect(reader.get('Pod', 'shop', 'checkout-1', aborted)).rejects.toThrow('enough');
    });
  });
}

function found(lookup: Lookup<Listing>): Listing {
  if (lookup.status !== 'found') throw new Error(`a list was expected, and it is ${lookup.status}`);
  return lookup.value;
}

function names(items: readonly KubeObject[]): string[] {
  return items.map(({ metadata }) => metadata.name).sort();
}
