import { describe, expect, test } from 'vitest';
import { finding } from '../scene.ts';
import { at, concluded } from './revisions.ts';

const settings = {
  kind: 'ConfigMap',
  metadata: {
    namespace: 'shop',
    name: 'settings',
    creationTimestamp: at('07:00'),
    managedFields: [{ manager: 'kubectl-edit', time: at('09:05'), changed: [{ field: 'data.mode', from: 'fast', to: 'turbo' }] }],
  },
};
const reader = (name: string) => ({
  kind: 'Deployment',
  metadata: { namespace: 'shop', name, creationTimestamp: at('07:00') },
  spec: { template: { spec: { containers: [{ name: 'app' }], volumes: [{ name: 'c', configMap: { name: 'settings' } }] } } },
});
const pod = (of: string) => ({ kind: 'Pod', metadata: { namespace: 'shop', name: `${of}-x` } });
const exits = (on: string, cause = 'application-exits') =>
  finding(cause, {
    id: `f-${on}`,
    effect: 'crashing',
    strength: 'weak',
    on: `Deployment/shop/${on}`,
    seen: [`Pod/shop/${on}-x`],
    since: at('09:07'),
    evidence_ids: [`ev-${on}`],
  });
const GRAPH = ['web', 'billing'].flatMap((name) => [
  `Pod/shop/${name}-x owned-by Deployment/shop/${name}`,
  `Deployment/shop/${name} reads ConfigMap/shop/settings`,
]);
const OBJECTS = [settings, ...['web', 'billing'].flatMap((name) => [reader(name), pod(name)])];

describe('a setting that several read', () => {
  test('and that was changed before all of them failed is one cause', () => {
    const { root_causes } = concluded(OBJECTS, [exits('web'), exits('billing')], {}, GRAPH);
    expect(root_causes).toMatchObject([
      {
        cause_id: 'shared-configuration-changed',
        object: { kind: 'ConfigMap', name: 'settings' },
        mechanism:
          'data.mode was changed from fast to turbo at 2026-11-21T09:05:00Z, and Deployment shop/web, Deployment shop/billing, which read it, fail since then',
        confidence_score: 'high',
        change: { object: { kind: 'ConfigMap' }, from: 'fast', to: 'turbo' },
        affected: [{ name: 'web' }, { name: 'billing' }],
      },
    ]);
    expect(root_causes[0]?.chain.map(({ from, to }) => `${from.name} -> ${to.name}`)).toEqual(['settings -> web', 'settings -> billing']);
  });

  test('of which only one fails is the change behind that one, and the chain begins with it', () => {
    const { root_causes } = concluded(OBJECTS, [exits('web')], {}, GRAPH);
    expect(root_causes).toMatchObject([{ cause_id: 'application-exits', object: { name: 'web' }, change: { object: { name: 'settings' } } }]);
    expect(root_causes[0]?.chain[0]).toMatchObject({ from: { name: 'settings' }, to: { name: 'web' }, mechanism: 'Deployment web reads ConfigMap settings' });
    expect(root_causes[0]?.confidence_reasons).toContain('+0.15 a change of data.mode, which leads to it, came just before it');
  });

  test('that was not changed leaves two causes', () => {
    const unchanged = { ...settings, metadata: { ...settings.metadata, managedFields: [] } };
    expect(concluded([unchanged, ...OBJECTS.slice(1)], [exits('web'), exits('billing')], {}, GRAPH).root_causes).toHaveLength(2);
  });
});
