import { describe, expect, test } from 'vitest';
import { inventoryOf } from '../topology/inventory-of.ts';
import { AS_OF, conclude, finding, rootsOf, symptom } from './scene.ts';

const GRAPH = ['Pod/shop/web-a owned-by Deployment/shop/web'];
const killed = finding('memory', { effect: 'killed', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'] });
const loop = symptom('crash-loop', { effect: 'crashing', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'], container: 'app' });

describe('the verdict', () => {
  test('no fault is found where everything was seen and nothing is wrong', () => {
    expect(conclude({ findings: [] })).toMatchObject({
      verdict: 'no-fault-found',
      root_causes: [],
      suggested_root_cause: null,
      confidence_score: null,
      next_commands: [],
    });
  });

  test('nobody is called healthy without coverage', () => {
    const inventory = inventoryOf([], { forbidden: ['Pod', 'DaemonSet'] });
    expect(conclude({ findings: [], inventory })).toMatchObject({
      verdict: 'undetermined',
      next_commands: ['kubectl get pods,daemonsets -n shop -o wide'],
    });
    expect(conclude({ findings: [], inventory, scope: { namespaces: [] } }).next_commands[0]).toBe('kubectl get pods,daemonsets -A -o wide');
  });

  describe('of what was not seen', () => {
    const pod = (name: string, owner: string) => ({
      kind: 'Pod',
      metadata: { namespace: 'shop', name, ownerReferences: [{ kind: 'StatefulSet', name: owner, controller: true }] },
      spec: { containers: [{ name: 'app' }] },
      status: { containerStatuses: [{ name: 'app', state: { running: {} }, ready: true }] },
    });
    const graph = ['Pod/shop/web-0 owned-by StatefulSet/shop/web', 'Pod/shop/cart-0 owned-by StatefulSet/shop/cart'];
    const lost = { what: 'logs of 1 container in which nothing looks wrong', why: 'not-collected' as const, needs: 'their logs in the dump' };
    const some = inventoryOf([pod('web-0', 'web'), pod('cart-0', 'cart')], { logs: [{ namespace: 'shop', pod: 'cart-0', container: 'app' }] });
    const ask = (symptom: string | null, scene: object = {}) =>
      conclude({ findings: [], graph, inventory: some, gaps: [lost], entities: { error_summary: symptom }, ...scene });

    test.each([[null], ['503'], ['slow, crashing'], ['CrashLoopBackOff']])('a log may tell of it: %s', (symptom) => {
      expect(ask(symptom)).toMatchObject({
        verdict: 'undetermined',
        next_commands: ['kubectl logs statefulset/web -n shop --all-containers --tail=100'],
        gaps: [],
      });
    });

    test('no log tells of what happens before a process begins', () => {
      expect(ask('pending').verdict).toBe('no-fault-found');
      expect(ask('pending, crashing').verdict).toBe('undetermined');
    });

    test('the logs of what the question names are enough', () => {
      expect(ask('slow', { asks: ['StatefulSet/shop/cart'] }).verdict).toBe('no-fault-found');
      expect(ask('slow', { asks: ['StatefulSet/shop/web'] }).verdict).toBe('undetermined');
    });

    test('logs that are too many to be read stand for none where the question is about what they tell', () => {
      expect(ask(null, { gaps: [] }).verdict).toBe('no-fault-found');
      expect(ask('errors', { gaps: [] })).toMatchObject({ verdict: 'undetermined', gaps: [{ what: 'logs of StatefulSet shop/web', why: 'truncated' }] });
    });

    test.each([
      ['Ingress', '404', 'ingresses', 'OOMKilled'],
      ['NetworkPolicy', 'times out', 'networkpolicies', 'pending'],
      ['Job', 'failed', 'jobs', 'pending'],
      ['PersistentVolumeClaim', 'pending', 'persistentvolumeclaims', 'crashing'],
      ['Node', 'pending', 'nodes', 'crashing'],
    ] as const)('%s could hide "%s"', (kind, hidden, plural, other) => {
      const about = (symptom: string) =>
        conclude({ findings: [], inventory: inventoryOf([], { forbidden: [kind] }), scope: { namespaces: [] }, entities: { error_summary: symptom } });
      expect(about(hidden)).toMatchObject({ verdict: 'undetermined', next_commands: [expect.stringContaining(plural)] });
      expect(about(other).verdict).toBe('no-fault-found');
    });

    test('settings that somebody reads could hide what logs tell of', () => {
      const inventory = inventoryOf([], { forbidden: ['ConfigMap'] });
      const unread = { what: 'ConfigMap shop/web', why: 'forbidden' as const, needs: 'get configmaps in shop' };
      const about = (symptom: string, gaps: readonly (typeof unread)[]) =>
        conclude({ findings: [], inventory, gaps, entities: { error_summary: symptom } }).verdict;
      expect(about('crashing', [unread])).toBe('undetermined');
      expect(about('crashing', [])).toBe('no-fault-found');
      expect(about('pending', [unread])).toBe('no-fault-found');
    });

    test('events of today say nothing of last week', () => {
      const event = (lastTimestamp: string) => ({ kind: 'Event', metadata: { namespace: 'shop', name: 'e' }, lastTimestamp });
      const asked = (at: string) => conclude({ findings: [], inventory: inventoryOf([event(at)]), scope: { until: '2026-11-14T10:00:00Z' } });
      expect(asked('2026-11-21T09:00:00Z').verdict).toBe('undetermined');
      expect(asked('2026-11-14T09:00:00Z').verdict).toBe('no-fault-found');
    });
  });

  test('a symptom without an explanation is not an answer', () => {
    const result = conclude({ graph: GRAPH, findings: [loop], gaps: [{ what: 'logs of Pod shop/web-a', why: 'forbidden', needs: 'get pods/log in shop' }] });
    expect(result).toMatchObject({
      verdict: 'undetermined',
      root_causes: [],
      observations: [{ text: 'Mechanism of crash-loop. No reason for it could be read.', evidence_ids: ['ev-crash-loop'] }],
      next_commands: [
        'kubectl describe pod/web-a -n shop',
        'kubectl logs web-a -n shop -c app --tail=100 --previous',
        'kubectl auth can-i get pods/log -n shop',
      ],
    });
  });

  test('the log to read is that of the run which the finding tells of', () => {
    const told = { ...loop, remediation: [{ text: 'Read it', command: 'kubectl logs web-a -n shop -c app', risk: 'low' as const }] };
    expect(conclude({ graph: GRAPH, findings: [told] }).next_commands).toContain('kubectl logs web-a -n shop -c app --tail=100');
  });

  test('without its decisive evidence a cause falls, and the question is open again', () => {
    expect(conclude({ graph: GRAPH, findings: [killed, loop] }).verdict).toBe('root-cause-found');
    const result = conclude({ graph: GRAPH, findings: [killed, loop], lost: ['ev-memory'] });
    expect(result).toMatchObject({ verdict: 'undetermined', root_causes: [], ruled_out: [{ cause_id: 'memory', reason: 'nothing that was read proves it' }] });
    expect(conclude({ graph: GRAPH, findings: [killed], lost: ['ev-memory'] }).verdict).toBe('undetermined');
  });

  test('the suggestion names title, object and mechanism', () => {
    expect(conclude({ graph: GRAPH, findings: [killed] }).suggested_root_cause).toBe('Title of memory (Deployment shop/web): Mechanism of memory.');
    const named = { ...killed, mechanism: 'Container app of web used too much.' };
    expect(conclude({ graph: GRAPH, findings: [named] }).suggested_root_cause).toBe('Title of memory: Container app of web used too much.');
  });

  test('what the question names and no root cause concerns is said to be without a fault that was found', () => {
    const asked = (name: string) => conclude({ graph: GRAPH, findings: [killed], scope: { objects: [{ kind: 'Deployment', namespace: 'shop', name }] } });
    expect(asked('cart').observations[0]?.text).toBe(
      'The question names Deployment shop/cart: no fault of it was found, and no way to it from what is told as a root cause.',
    );
    expect(asked('web').observations).toEqual([]);
  });

  test('a name that nothing has is told, with near ones', () => {
    const result = conclude({
      findings: [],
      entities: {
        unresolved: [
          { word: 'chekout', near: ['checkout'] },
          { word: 'xyz', near: [] },
        ],
      },
    });
    expect(result.observations.map(({ text }) => text)).toEqual([
      'The description says "chekout", and nothing of that name was found; near names: checkout.',
      'The description says "xyz", and nothing of that name was found.',
    ]);
  });

  describe('a question about what does not exist', () => {
    const asks = (...words: string[]) => ({ unresolved: words.map((word) => ({ word, near: [], asked: true })) });

    test('makes what was found less certain, and says why', () => {
      const result = conclude({ graph: GRAPH, findings: [killed], entities: asks('cart', 'store') });
      expect(result).toMatchObject({
        verdict: 'root-cause-found',
        confidence_score: 'medium',
        root_causes: [
          { confidence: 0.75, confidence_reasons: ['one field or message proves it', '−0.20 the question asks about "cart" or "store", which was not found'] },
        ],
        next_commands: ['kubectl get deployments,statefulsets,daemonsets,services -A'],
      });
    });

    test.each([
      ['a slip for the culprit', ['wbe'], ['Deployment/shop/web']],
      ['a slip for its namespace', ['shopp'], ['Deployment/shop/web']],
      ['part of the name of what it breaks', ['cart'], ['Deployment/shop/cart-api']],
    ])('does not where it may be %s', (_, words, hurts) => {
      const found = finding('memory', { effect: 'killed', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'], hurts });
      expect(conclude({ graph: GRAPH, findings: [found], entities: asks(...words) }).root_causes[0]).toMatchObject({ confidence_score: 'high' });
    });

    test('changes nothing where the question names something else that exists', () => {
      const result = conclude({ graph: GRAPH, findings: [killed], asks: ['Deployment/shop/web'], entities: asks('cart') });
      expect(result.confidence_score).toBe('high');
    });

    test('is never answered by "no fault found"', () => {
      expect(conclude({ findings: [], entities: asks('cart') })).toMatchObject({ verdict: 'undetermined', root_causes: [] });
    });
  });

  test('commands quote what a shell could run', () => {
    const odd = symptom('loop', { effect: 'crashing', on: 'Pod/shop/$(reboot)' });
    expect(conclude({ findings: [odd] }).next_commands[0]).toBe("kubectl describe pod/'$(reboot)' -n shop");
  });

  test('nothing is proposed for what is not in the API', () => {
    expect(
      conclude({ findings: [symptom('silent', { effect: 'dependency-failing', on: 'External//db.example.com' })], scope: { namespaces: [] } }).next_commands,
    ).toEqual([]);
  });
});

describe('the scope', () => {
  const elsewhere = finding('image', { effect: 'image-not-pulled', on: 'Deployment/other/api' });

  test('a fault outside that touches nothing inside is only remarked', () => {
    const result = conclude({ findings: [elsewhere] });
    expect(result).toMatchObject({ verdict: 'no-fault-found', observations: [{ text: 'Outside the question: Title of image. Mechanism of image.' }] });
    expect(conclude({ findings: [elsewhere], scope: { namespaces: [] } }).root_causes).toHaveLength(1);
  });

  test('one fault of many objects outside is remarked once', () => {
    const findings = [1, 2, 3, 4, 5, 6].map((number) => finding('image', { effect: 'image-not-pulled', on: `Deployment/other/api-${number}` }));
    expect(conclude({ findings }).observations.map(({ text }) => text)).toEqual([
      'Outside the question: Title of image. Mechanism of image. The same is true of Deployment other/api-2, Deployment other/api-3, Deployment other/api-4 and 2 more.',
    ]);
  });

  test('a fault outside that explains trouble inside is the root', () => {
    const graph = ['Deployment/shop/web calls Service/other/api', 'Service/other/api selects Deployment/other/api'];
    const refused = finding('refused', { effect: 'dependency-failing', on: 'Service/other/api', seen: ['Deployment/shop/web'] });
    expect(rootsOf(conclude({ graph, findings: [elsewhere, refused] }))).toEqual(['image Deployment/other/api']);
  });

  test.each([
    ['the control plane', finding('scheduler', { effect: 'control-plane-down', on: 'ControlPlane//kube-scheduler' })],
    ['a webhook', finding('webhook', { effect: 'admission-blocked', on: 'ValidatingWebhookConfiguration//policy' })],
    ['cluster DNS', finding('dns', { effect: 'dns-down', on: 'Deployment/kube-system/coredns' })],
  ])('%s counts everywhere', (_, fault) => {
    expect(conclude({ findings: [fault] }).root_causes).toHaveLength(1);
  });

  test('a node counts where pods of the scope run on it, or when it is asked for', () => {
    const down = finding('kubelet', { effect: 'node-down', on: 'Node//n1' });
    expect(conclude({ findings: [down] }).root_causes).toHaveLength(0);
    expect(conclude({ findings: [down], graph: ['Pod/shop/web-a runs-on Node//n1'] }).root_causes).toHaveLength(1);
    expect(conclude({ findings: [down], asks: ['Node//n1'] }).root_causes).toHaveLength(1);
  });

  test('a namespace that is asked about is itself inside', () => {
    const held = (name: string) => finding('held', { effect: 'terminating', on: `Namespace//${name}` });
    expect(conclude({ findings: [held('shop')] }).root_causes).toHaveLength(1);
    expect(conclude({ findings: [held('other')] }).root_causes).toHaveLength(0);
  });

  test('symptoms outside leave the question closed', () => {
    expect(conclude({ findings: [symptom('loop', { effect: 'crashing', on: 'Deployment/other/api' })] }).verdict).toBe('no-fault-found');
  });
});

describe('a complaint about a node', () => {
  const graph = ['Pod/shop/web-a owned-by Deployment/shop/web', 'Pod/shop/web-a runs-on Node//n1'];

  test('from elsewhere says nothing of those who run there; a fault of the node does', () => {
    const waits = finding('times-out', { effect: 'dependency-failing', on: 'Node//n1', seen: ['Pod/other/meter-a'] });
    expect(rootsOf(conclude({ graph, findings: [waits] }))).toEqual([]);
    expect(rootsOf(conclude({ graph, findings: [finding('down', { effect: 'node-down', on: 'Node//n1' })] }))).toEqual(['down Node//n1']);
  });
});

describe('doors', () => {
  const graph = ['Ingress/shop/web routes-to Service/shop/web', 'Service/shop/web selects Deployment/shop/web'];
  const port = finding('ingress-port', { effect: 'ingress-broken', on: 'Ingress/shop/web' });
  const noWay = 'no way is known';

  test('that are broken explain why what stands behind them cannot be reached', () => {
    const result = conclude({ graph, findings: [port], asks: ['Deployment/shop/web'] });
    expect(result.root_causes[0]?.confidence_reasons.join()).not.toContain(noWay);
  });

  test('explain nothing where what stands behind them has a fault of its own', () => {
    const result = conclude({ graph, findings: [port, killed], asks: ['Deployment/shop/web'] });
    expect(rootsOf(result)).toEqual(['memory Deployment/shop/web', 'ingress-port Ingress/shop/web']);
    expect(result.root_causes[1]?.confidence_reasons.join()).toContain(noWay);
  });
});

describe('ranking', () => {
  const names = ['a', 'b', 'c', 'd'];
  const db = finding('memory', { effect: 'killed', on: 'StatefulSet/shop/db' });
  const callers = names.map((name) => finding('refused', { effect: 'dependency-failing', on: 'Service/shop/db', seen: [`Deployment/shop/${name}`] }));
  const graph = ['Service/shop/db selects StatefulSet/shop/db', ...names.map((name) => `Deployment/shop/${name} calls Service/shop/db`)];
  const lonely = finding('image', { effect: 'image-not-pulled', on: 'Deployment/shop/lonely', since: AS_OF });

  test('more victims come first, a guess last', () => {
    const guess = finding('slow', { effect: 'degraded', strength: 'weak', on: 'Deployment/shop/z' });
    const gaps = [{ what: 'logs of Deployment shop/z', why: 'forbidden' as const, needs: 'get pods/log in shop' }];
    expect(rootsOf(conclude({ graph, findings: [guess, lonely, ...callers, db], gaps })).map((root) => root.split(' ')[0])).toEqual([
      'memory',
      'image',
      'slow',
    ]);
  });

  test('with equal impact the more certain comes first, then the newer, then the name', () => {
    const at = (since: string | null, name: string) => finding(`image-${name}`, { effect: 'image-not-pulled', on: `Deployment/shop/${name}`, since });
    const strong = finding('strong', { effect: 'image-not-pulled', strength: 'strong', on: 'Deployment/shop/s' });
    const result = conclude({ findings: [strong, at(null, 'y'), at(null, 'x'), at('2026-11-21T08:00:00Z', 'old'), at('2026-11-21T09:00:00Z', 'new')] });
    expect(result.root_causes.map(({ object }) => object.name)).toEqual(['new', 'old', 'x', 'y', 's']);
    expect(result.root_causes.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5]);
  });

  test('the order of findings does not matter', () => {
    const findings = [lonely, ...callers, db];
    expect(rootsOf(conclude({ graph, findings: findings.toReversed() }))).toEqual(rootsOf(conclude({ graph, findings })));
  });
});
