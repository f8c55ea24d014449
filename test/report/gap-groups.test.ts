import { expect, test } from 'vitest';
import { gap } from '../../src/domain/gap.ts';
import { gapTexts } from '../../src/report/gap-groups.ts';

const forbidden = ['pods', 'services', 'jobs'].map((kind) => gap(`${kind} in shop`, 'forbidden', `list ${kind} in shop`));

test('kinds that lack for one reason are told together', () => {
  expect(
    gapTexts([...forbidden, gap('nodes', 'forbidden', 'list nodes'), gap('log of shop/web-1 app', 'not-collected', 'shop/web-1/logs.txt in the dump')]),
  ).toEqual([
    'pods, services, jobs in shop: forbidden. Needs: list pods in shop, and the like',
    'nodes: forbidden. Needs: list nodes',
    'log of shop/web-1 app: not collected. Needs: shop/web-1/logs.txt in the dump',
  ]);
});

test('verbosely with all that they need', () => {
  expect(gapTexts(forbidden, true)).toEqual(['pods, services, jobs in shop: forbidden. Needs: list pods in shop, list services in shop, list jobs in shop']);
});

test('another detail is another group, and many kinds are counted', () => {
  const kinds = [...'abcdefgh'].map((kind) => gap(kind, 'failed', `list ${kind}`, 'it broke off'));
  expect(gapTexts([...kinds, gap('z', 'failed', 'list z', 'other')])).toEqual([
    'a, b, c, d, e, f and 2 more kinds: failed (it broke off). Needs: list a, and the like',
    'z: failed (other). Needs: list z',
  ]);
});

test('logs that lack for one reason are counted, whatever their addresses', () => {
  const refused = (pod: string) =>
    gap(`log of shop/${pod} app`, 'not-collected', 'a log', `Get "https://n1:10250/containerLogs/shop/${pod}/app": connection refused`);
  expect(gapTexts(['a', 'b', 'c'].map(refused))).toEqual([
    '3 logs (shop/a app, shop/b app, …): not collected (Get "https://n1:10250/containerLogs/shop/a/app": connection refused). Needs: a log, and the like',
  ]);
});
