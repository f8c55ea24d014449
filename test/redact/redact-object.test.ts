import { expect, test } from 'vitest';
import { createRedactor } from '../../src/redact/redactor.ts';

const { object } = createRedactor();

test('the values of a Secret go, whatever its keys are called', () => {
  expect(object({ kind: 'Secret', type: 'Opaque', metadata: { name: 'db' }, data: { color: 'cmVk' }, stringData: { a: 'b' } })).toEqual({
    kind: 'Secret',
    type: 'Opaque',
    metadata: { name: 'db' },
    data: { color: '[redacted:secret-data]' },
    stringData: { a: '[redacted:secret-data]' },
  });
});

test('variables go by their names; references and other variables stay', () => {
  const env = [
    { name: 'DB_PASSWORD', value: 'hunter2' },
    { name: 'DB_HOST', value: 'db:5432' },
    { name: 'DB_URL', value: 'postgres://app:hunter2@db/orders' },
    { name: 'API_TOKEN', valueFrom: { secretKeyRef: { name: 'api', key: 'token' } } },
    { name: 'TOKEN_FILE', value: '/run/token' },
  ];
  expect(object(env)).toEqual([
    { name: 'DB_PASSWORD', value: '[redacted:password]' },
    { name: 'DB_HOST', value: 'db:5432' },
    { name: 'DB_URL', value: 'postgres://app:[redacted:password]@db/orders' },
    { name: 'API_TOKEN', valueFrom: { secretKeyRef: { name: 'api', key: 'token' } } },
    { name: 'TOKEN_FILE', value: '/run/token' },
  ]);
});

test('arguments go after their flag', () => {
  expect(object({ args: ['--password', 'hunter2', '--token=abc123', '--port', '80'] })).toEqual({
    args: ['--password', '[redacted:argument]', '--token=[redacted:token]', '--port', '80'],
  });
});

test('what kubectl remembers of the last apply is redacted as an object', () => {
  const key = 'kubectl.kubernetes.io/last-applied-configuration';
  const remembered = (data: unknown) => ({ metadata: { annotations: { [key]: typeof data === 'string' ? data : JSON.stringify(data) } } });
  expect(object(remembered({ kind: 'Secret', data: { color: 'cmVk' } }))).toEqual(remembered({ kind: 'Secret', data: { color: '[redacted:secret-data]' } }));
  expect(object(remembered('{"kind":'))).toEqual(remembered('[redacted:last-applied]'));
});

test('ConfigMap entries go by their keys and by their text', () => {
  expect(object({ kind: 'ConfigMap', data: { password: 'hunter2', 'app.properties': 'db.host=db\ndb.password=hunter2\n' } })).toEqual({
    kind: 'ConfigMap',
    data: { password: '[redacted:password]', 'app.properties': 'db.host=db\ndb.password=[redacted:password]\n' },
  });
});

test('numbers, nulls and shared parts stay what they are; circles end', () => {
  const circle: Record<string, unknown> = { a: 1, b: null, c: true };
  circle['self'] = circle;
  const copy = object(circle);
  expect(copy).toMatchObject({ a: 1, b: null, c: true });
  expect(copy['self']).toBe(copy);
});

test('a part that several values share is judged once, and what stands around it in each', () => {
  const { alike } = createRedactor();
  const redact = alike();
  const variable = { name: 'DB_PASSWORD', value: 'hunter2' };
  const [first, second] = [redact({ env: [variable], password: 'hunter2' }), redact({ env: [variable], color: 'hunter2' })];
  expect([first, second]).toEqual([
    { env: [{ name: 'DB_PASSWORD', value: '[redacted:password]' }], password: '[redacted:password]' },
    { env: [{ name: 'DB_PASSWORD', value: '[redacted:password]' }], color: 'hunter2' },
  ]);
  expect(second.env[0]).toBe(first.env[0]);
});

test('a pod passes unchanged', () => {
  const pod = {
    kind: 'Pod',
    metadata: { name: 'api-7d9f', uid: '0b8a7c1e-5f5e-4a3c-9d7e-2f1b6c3d4e5f', resourceVersion: '12345' },
    spec: {
      automountServiceAccountToken: true,
      containers: [{ name: 'api', image: 'r.example.com/api@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }],
      imagePullSecrets: [{ name: 'pull' }],
      volumes: [
        { name: 'creds', secret: { secretName: 'db-credentials' } },
        { name: 't', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
      ],
    },
  };
  expect(object(pod)).toEqual(pod);
});
