import { describe, expect, test } from 'vitest';
import { refKey } from '../../src/domain/object-ref.ts';
import { chainText, conclude, finding, rootsOf, symptom } from './scene.ts';

const SHOP = [
  'Pod/shop/db-0 owned-by StatefulSet/shop/db',
  'Service/shop/db selects StatefulSet/shop/db',
  'Pod/shop/checkout-a owned-by Deployment/shop/checkout',
  'Deployment/shop/checkout calls Service/shop/db',
  'Service/shop/checkout selects Deployment/shop/checkout',
  'Pod/shop/web-a owned-by Deployment/shop/web',
  'Deployment/shop/web calls Service/shop/checkout',
  'Service/shop/web selects Deployment/shop/web',
  'Ingress/shop/shop routes-to Service/shop/web',
];

const dbKilled = finding('memory', { effect: 'killed', on: 'StatefulSet/shop/db', seen: ['Pod/shop/db-0'], container: 'db' });
const dbRefuses = finding('refused', { effect: 'dependency-failing', on: 'Service/shop/db', seen: ['Pod/shop/checkout-a'], container: 'app' });
const checkoutCrashes = symptom('crash-loop', { effect: 'crashing', on: 'Deployment/shop/checkout', seen: ['Pod/shop/checkout-a'], container: 'app' });
const checkoutEmpty = symptom('no-endpoints', { effect: 'no-endpoints', on: 'Service/shop/checkout' });
const webFails = finding('web-errors', { effect: 'dependency-failing', strength: 'strong', on: 'Service/shop/checkout', seen: ['Pod/shop/web-a'] });

describe('a chain over four hops', () => {
  const findings = [webFails, checkoutEmpty, checkoutCrashes, dbRefuses, dbKilled];

  test('has one root, and leads from it to the outermost symptom', () => {
    const result = conclude({ graph: SHOP, findings });
    expect(rootsOf(result)).toEqual(['memory StatefulSet/shop/db']);
    expect(chainText(result)).toEqual([
      'StatefulSet/shop/db -> Service/shop/db',
      'Service/shop/db -> Deployment/shop/checkout',
      'Deployment/shop/checkout -> Service/shop/checkout',
      'Service/shop/checkout -> Deployment/shop/web',
      'Deployment/shop/web -> Service/shop/web',
      'Service/shop/web -> Ingress/shop/shop',
    ]);
    expect(result.verdict).toBe('root-cause-found');
  });

  test('leads to what the question names first, and tells the rest after it', () => {
    const result = conclude({ graph: SHOP, findings, asks: ['Deployment/shop/checkout'] });
    expect(chainText(result).slice(0, 2)).toEqual(['StatefulSet/shop/db -> Service/shop/db', 'Service/shop/db -> Deployment/shop/checkout']);
    expect(chainText(result)).toHaveLength(6);
  });

  test('cites evidence in every link', () => {
    const [root] = conclude({ graph: SHOP, findings }).root_causes;
    expect(root?.chain.map(({ evidence_ids }) => evidence_ids.length > 0)).not.toContain(false);
    expect(root?.chain[1]).toMatchObject({ mechanism: 'Mechanism of refused.', evidence_ids: ['ev-refused'] });
  });

  test('names everything below the root as affected, once, and never the root', () => {
    const [root] = conclude({ graph: SHOP, findings }).root_causes;
    expect(root?.affected.map(refKey)).toEqual([
      'Service/shop/db',
      'Deployment/shop/checkout',
      'Service/shop/checkout',
      'Deployment/shop/web',
      'Service/shop/web',
      'Ingress/shop/shop',
    ]);
  });

  test('goes on by calls to what the question names, though that shows no trouble of its own', () => {
    const result = conclude({ graph: SHOP, findings: [checkoutEmpty, dbRefuses, dbKilled], asks: ['Ingress/shop/shop'] });
    expect(rootsOf(result)).toEqual(['memory StatefulSet/shop/db']);
    expect(chainText(result).slice(-3)).toEqual([
      'Service/shop/checkout -> Deployment/shop/web',
      'Deployment/shop/web -> Service/shop/web',
      'Service/shop/web -> Ingress/shop/shop',
    ]);
    expect(result.root_causes[0]?.confidence_reasons).toContain('−0.10 what the question names calls it, and shows no trouble of its own');
  });

  test('does not go on where something the question names has a root of its own', () => {
    const own = finding('bad-flag', { effect: 'crashing', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'] });
    const result = conclude({ graph: SHOP, findings: [dbKilled, own], asks: ['Deployment/shop/web'] });
    expect(rootsOf(result)).toEqual(['bad-flag Deployment/shop/web', 'memory StatefulSet/shop/db']);
    expect(result.root_causes[1]?.affected.map(refKey)).not.toContain('Deployment/shop/web');
  });

  test('without the fault of the database itself, the database that refuses is the root', () => {
    const result = conclude({ graph: SHOP, findings: findings.filter((one) => one !== dbKilled) });
    expect(rootsOf(result)).toEqual(['refused Service/shop/db']);
    expect(chainText(result)[0]).toBe('Service/shop/db -> Deployment/shop/checkout');
  });

  test('a question about a pod is answered at its owner', () => {
    const result = conclude({ graph: SHOP, findings, asks: ['Pod/shop/checkout-a'] });
    expect(result.root_causes[0]?.confidence_reasons.join()).not.toContain('no way is known');
  });
});

describe('independent faults', () => {
  const image = finding('image', { effect: 'image-not-pulled', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'] });

  test('two faults without a path stay two', () => {
    const result = conclude({ graph: SHOP.slice(0, 3), findings: [dbKilled, image] });
    expect(rootsOf(result).toSorted()).toEqual(['image Deployment/shop/web', 'memory StatefulSet/shop/db']);
  });

  test('a proven fault of its own is not explained by a failing dependency', () => {
    const result = conclude({ graph: SHOP, findings: [dbKilled, image] });
    expect(result.root_causes).toHaveLength(2);
  });

  test('what the question names comes first', () => {
    const result = conclude({ graph: SHOP.slice(0, 6), findings: [dbKilled, image], asks: ['Deployment/shop/web'] });
    expect(rootsOf(result)).toEqual(['image Deployment/shop/web', 'memory StatefulSet/shop/db']);
    expect(result.root_causes[1]?.confidence_reasons.join()).toContain('no way is known from it to what the question names');
  });

  test('a fault of one dependency does not explain that another one refuses', () => {
    const graph = [...SHOP, 'Deployment/shop/checkout calls Service/shop/cache', 'Service/shop/cache selects Deployment/shop/cache'];
    const cache = finding('bad-config', { effect: 'crashing', on: 'Deployment/shop/cache' });
    expect(rootsOf(conclude({ graph, findings: [dbRefuses, cache] })).toSorted()).toEqual(['bad-config Deployment/shop/cache', 'refused Service/shop/db']);
  });

  test('two pods of one workload do not explain each other', () => {
    const graph = ['Pod/shop/web-a owned-by Deployment/shop/web', 'Pod/shop/web-b owned-by Deployment/shop/web'];
    const notReady = symptom('not-ready', { effect: 'not-ready', on: 'Deployment/shop/web', seen: ['Pod/shop/web-b'] });
    const result = conclude({ graph, findings: [image, notReady] });
    expect(result.observations.map(({ text }) => text)).toEqual(['Mechanism of not-ready. No reason for it could be read.']);
  });
});

describe('one cause behind many findings', () => {
  const names = Array.from({ length: 50 }, (_, index) => `app-${index}`);
  const graph = names.flatMap((name) => [`Pod/shop/${name}-p owned-by Deployment/shop/${name}`, `Pod/shop/${name}-p runs-on Node//n1`]);
  const nodeDown = finding('kubelet-stopped', { effect: 'node-down', on: 'Node//n1' });
  const victims = names.map((name) => symptom('pod-not-ready', { effect: 'not-ready', on: `Deployment/shop/${name}`, seen: [`Pod/shop/${name}-p`] }));

  test('is one root with fifty victims, and its chain stays short', () => {
    const result = conclude({ graph, findings: [...victims, nodeDown] });
    expect(rootsOf(result)).toEqual(['kubelet-stopped Node//n1']);
    expect(result.root_causes[0]?.affected).toHaveLength(50);
    expect(result.root_causes[0]?.chain).toHaveLength(12);
    expect(result.observations).toEqual([]);
  });

  test('fifty pods of one release are one root', () => {
    const pods = names.map((name) => `Pod/shop/${name}`);
    const findings = pods.map((pod) => finding('image', { effect: 'image-not-pulled', on: 'Deployment/shop/web', seen: [pod] }));
    const result = conclude({ graph: pods.map((pod) => `${pod} owned-by Deployment/shop/web`), findings });
    expect(rootsOf(result)).toEqual(['image Deployment/shop/web']);
    expect(result.root_causes[0]?.affected).toEqual([]);
  });
});

describe('circles', () => {
  const graph = [
    'Service/shop/a selects Deployment/shop/a',
    'Service/shop/b selects Deployment/shop/b',
    'Deployment/shop/a calls Service/shop/b',
    'Deployment/shop/b calls Service/shop/a',
  ];
  const aComplains = finding('a-timeouts', { effect: 'dependency-failing', on: 'Service/shop/b', seen: ['Deployment/shop/a'], since: '2026-11-21T09:00:00Z' });
  const bComplains = finding('b-timeouts', { effect: 'dependency-failing', on: 'Service/shop/a', seen: ['Deployment/shop/b'], since: '2026-11-21T08:58:00Z' });

  test('two that blame each other have one beginning: the earlier', () => {
    expect(rootsOf(conclude({ graph, findings: [aComplains, bComplains] }))).toEqual(['b-timeouts Service/shop/a']);
  });

  test('a fault inside the circle is its beginning', () => {
    const crash = finding('panic', { effect: 'crashing', on: 'Deployment/shop/a', since: '2026-11-21T09:01:00Z' });
    expect(rootsOf(conclude({ graph, findings: [aComplains, bComplains, crash] }))).toEqual(['panic Deployment/shop/a']);
  });
});

describe('what stands between a cause and those it hurts', () => {
  test('a way that begins at what a Service selects ends at the Service', () => {
    const graph = ['Service/shop/web selects Deployment/shop/web', 'Pod/shop/web-a owned-by Deployment/shop/web', 'Pod/shop/web-a runs-on Node//n1'];
    const down = finding('kubelet', { effect: 'node-down', on: 'Node//n1' });
    const empty = symptom('empty', { effect: 'no-endpoints', on: 'Service/shop/web', waitsFor: ['Deployment/shop/web'] });
    const result = conclude({ graph, findings: [empty, down] });
    expect(chainText(result)).toEqual(['Node//n1 -> Deployment/shop/web', 'Deployment/shop/web -> Service/shop/web']);
    expect(result.root_causes[0]?.chain[1]?.mechanism).toBe('Mechanism of empty.');
  });

  test('a quota reaches the Service of the workload that it starves', () => {
    const quota = finding('quota', { effect: 'quota-exhausted', on: 'ResourceQuota/shop/compute', seen: ['Deployment/shop/web'] });
    const empty = symptom('empty', { effect: 'no-endpoints', on: 'Service/shop/web' });
    const result = conclude({ graph: ['Service/shop/web selects Deployment/shop/web'], findings: [empty, quota] });
    expect(chainText(result)).toEqual(['ResourceQuota/shop/compute -> Deployment/shop/web', 'Deployment/shop/web -> Service/shop/web']);
    expect(result.root_causes[0]?.chain[0]?.mechanism).toBe('ResourceQuota compute leaves no room for Deployment web');
    expect(result.observations).toEqual([]);
  });

  test('the node on which a component was seen is not hurt by it', () => {
    const scheduler = finding('scheduler', { effect: 'control-plane-down', on: 'ControlPlane//kube-scheduler', seen: ['Node//master'] });
    const pending = symptom('pending', { effect: 'not-scheduled', on: 'Deployment/shop/web' });
    expect(chainText(conclude({ findings: [scheduler, pending] }))).toEqual(['ControlPlane//kube-scheduler -> Deployment/shop/web']);
  });

  test('a caller that is said to be hurt is linked by its call, another one in plain words', () => {
    const wrongPort = finding('port', { effect: 'misrouted', on: 'Service/shop/api', hurts: ['Deployment/shop/web', 'CronJob/shop/sync'] });
    const [root] = conclude({ graph: ['Deployment/shop/web calls Service/shop/api'], findings: [wrongPort] }).root_causes;
    expect(root?.chain.map(({ mechanism }) => mechanism)).toEqual(['Deployment web calls Service api', 'CronJob sync is in trouble through Service api']);
  });
});

describe('a complaint that is only passed on', () => {
  const CALLS = [
    'Deployment/shop/web calls Service/shop/cart',
    'Service/shop/cart selects Deployment/shop/cart',
    'Deployment/shop/cart calls Service/shop/cahce name',
  ];
  const complaint = (name: string) => finding('address', { effect: 'name-unresolvable', on: `Deployment/shop/${name}`, waitsFor: ['Service/shop/cahce'] });

  test('is explained by the one who is configured with the wrong address', () => {
    const result = conclude({ graph: [...CALLS, 'Deployment/shop/web calls Service/shop/cahce log'], findings: [complaint('web'), complaint('cart')] });
    expect(rootsOf(result)).toEqual(['address Deployment/shop/cart']);
    expect(chainText(result)).toEqual(['Deployment/shop/cart -> Service/shop/cart', 'Service/shop/cart -> Deployment/shop/web']);
  });

  test('stands by itself where the caller is configured with it too', () => {
    const result = conclude({ graph: [...CALLS, 'Deployment/shop/web calls Service/shop/cahce name'], findings: [complaint('web'), complaint('cart')] });
    expect(result.root_causes).toHaveLength(2);
  });

  test('stands by itself where the two do not call each other', () => {
    const result = conclude({
      graph: [...CALLS.slice(1), 'Deployment/shop/web calls Service/shop/cahce log'],
      findings: [complaint('web'), complaint('cart')],
    });
    expect(result.root_causes).toHaveLength(2);
  });
});

describe('what a link says', () => {
  const graph = [
    'Service/shop/db selects StatefulSet/shop/db',
    'Pod/shop/checkout-a owned-by Deployment/shop/checkout',
    'Deployment/shop/checkout calls Service/shop/db',
    'Deployment/shop/report calls Service/shop/db',
  ];
  const misrouted = finding('port', { effect: 'misrouted', on: 'Service/shop/db', hurts: ['Deployment/shop/checkout', 'Deployment/shop/report'] });
  const refused = finding('refused', { effect: 'dependency-failing', on: 'StatefulSet/shop/db', waitsFor: ['Service/shop/db'], seen: ['Pod/shop/checkout-a'] });

  test('is what the victim says of its trouble, where it says anything', () => {
    const [root] = conclude({ graph, findings: [misrouted, refused] }).root_causes;
    const said = new Map(root?.chain.map(({ to, mechanism }) => [refKey(to), mechanism]));
    expect(said.get('Deployment/shop/checkout')).toBe('Mechanism of refused.');
    expect(said.get('Deployment/shop/report')).toBe('Deployment report calls Service db');
  });

  test('leads from an autoscaler to what it should scale', () => {
    const blind = finding('blind', { effect: 'scaling-blocked', on: 'HorizontalPodAutoscaler/shop/web' });
    const [root] = conclude({ graph: ['HorizontalPodAutoscaler/shop/web scales Deployment/shop/web'], findings: [blind] }).root_causes;
    expect(root?.affected.map(refKey)).toEqual(['Deployment/shop/web']);
  });

  test('never makes a victim of the quota that refused the pods', () => {
    const demands = finding('demands', { effect: 'not-created', on: 'Deployment/shop/web', seen: ['ResourceQuota/shop/team'] });
    expect(conclude({ findings: [demands] }).root_causes[0]?.affected).toEqual([]);
  });
});

describe('a table that is missing', () => {
  const missing = finding('no-table', { effect: 'schema-missing', strength: 'strong', on: 'Deployment/shop/checkout', seen: ['Pod/shop/checkout-a'] });
  const migration = finding('bad-migration', { effect: 'crashing', strength: 'strong', on: 'Job/shop/migrate', seen: ['Job/shop/migrate'] });

  test('is the fault of the failed Job that calls the same database', () => {
    const result = conclude({ graph: [...SHOP, 'Job/shop/migrate calls Service/shop/db'], findings: [missing, migration] });
    expect(rootsOf(result)).toEqual(['bad-migration Job/shop/migrate']);
    expect(chainText(result)[0]).toBe('Job/shop/migrate -> Deployment/shop/checkout');
  });

  test('is not that of a Job that calls something else, nor of another workload that crashes', () => {
    const elsewhere = conclude({ graph: [...SHOP, 'Job/shop/migrate calls Service/shop/other'], findings: [missing, migration] });
    expect(rootsOf(elsewhere)).toHaveLength(2);
    const worker = finding('bad-flag', { effect: 'crashing', strength: 'strong', on: 'Deployment/shop/worker' });
    const beside = conclude({ graph: [...SHOP, 'Deployment/shop/worker calls Service/shop/db'], findings: [missing, worker] });
    expect(rootsOf(beside)).toHaveLength(2);
  });
});
