import { describe, expect, test } from 'vitest';
import { ago, backOff, causes, event, findings, log, owners, pod, running, terminated } from './workload-scene.ts';

const checkout = 'Deployment shop/checkout';
const limited = { resources: { limits: { memory: '64Mi' } } };
const http = (port: number, more: object = {}) => ({ httpGet: { path: '/', port }, periodSeconds: 10, ...more });

describe('what ended a container', () => {
  test('a container in back-off whose last run was OOMKilled has insufficient memory', () => {
    const killed = pod({ container: limited, status: { restartCount: 6, state: backOff, lastState: terminated('OOMKilled', 137) } });
    expect(causes([...owners(), killed])).toEqual([`container-memory-limit-exceeded on ${checkout}`]);
  });

  test('exit 137 after a failed liveness probe is the probe, not memory', () => {
    const probed = pod({
      container: { ...limited, ports: [{ containerPort: 8080 }], livenessProbe: http(8081), readinessProbe: http(8080) },
      status: { restartCount: 3, ready: true, state: running(20), lastState: terminated('Error', 137, { ran: 60 }) },
    });
    const events = [
      event('Unhealthy', 'Liveness probe failed: Get "http://10.1.2.3:8081/": dial tcp 10.1.2.3:8081: connect: connection refused', { count: 9 }),
      event('Killing', 'Container app failed liveness probe, will be restarted', { count: 3 }),
    ];
    expect(causes([...owners(), probed, ...events])).toEqual([`liveness-probe-wrong-port on ${checkout}`]);
  });

  test('restarts of yesterday in a container that has been well since are no cause', () => {
    const well = pod({
      container: limited,
      ready: true,
      since: 80_000,
      status: { restartCount: 4, state: running(80_100), lastState: terminated('OOMKilled', 137, { age: 80_110 }) },
    });
    expect(findings([...owners(), well])).toEqual([]);
  });

  test('a restart of half an hour ago still counts while the container has not been up for long', () => {
    const shaky = pod({
      container: limited,
      ready: true,
      since: 1700,
      status: { restartCount: 4, state: running(1750), lastState: terminated('OOMKilled', 137, { age: 1760, ran: 1800 }) },
    });
    expect(causes([...owners(), shaky])).toEqual([`container-memory-limit-exceeded on ${checkout}`]);
  });

  test('crashes at deployment time that ended ten minutes ago are healed', () => {
    const healed = pod({ ready: true, since: 700, status: { restartCount: 2, state: running(710), lastState: terminated('Error', 1, { age: 720, ran: 3 }) } });
    expect(findings([...owners(), healed], { logs: [log(['Error: database not ready'])] })).toEqual([]);
  });

  test.each([
    ['one restart and three minutes', 1, 180, []],
    ['one restart and a minute', 1, 60, [`application-exits on ${checkout}`]],
    ['four restarts and three minutes', 4, 180, [`application-exits on ${checkout}`]],
  ])('is well after %s, the sooner the fewer restarts', (_, restartCount, up, expected) => {
    const lastState = terminated('Error', 1, { age: up + 5, ran: 3 });
    const shaken = pod({ ready: true, since: up - 5, status: { restartCount, ready: true, state: running(up), lastState } });
    expect(causes([...owners(), shaken], { logs: [log(['Error: connect ECONNREFUSED 10.0.0.9:80'], { previous: true })] })).toEqual(expected);
  });

  test.each([137, 143])('a terminating pod with exit %i is no fault', (code) => {
    const leaving = pod({ metadata: { deletionTimestamp: ago(5) }, status: { state: terminated('Error', code, { age: 1 }) } });
    expect(causes([...owners(), leaving, event('Killing', 'Stopping container app', { age: 5 })])).toEqual([]);
  });

  test('a container that was killed by an unknown hand is a symptom, not a cause', () => {
    const killed = pod({ status: { restartCount: 2, state: backOff, lastState: terminated('Error', 137) } });
    expect(findings([...owners({ status: { readyReplicas: 0 } }), killed])).toEqual([
      `(application-killed on ${checkout})`,
      `(workload-unavailable on ${checkout})`,
    ]);
  });
});

describe('what an application says before it ends', () => {
  const crashed = pod({ status: { restartCount: 5, state: backOff, lastState: terminated('Error', 1, { ran: 2 }) } });

  test('an exact reason replaces the generic one', () => {
    const logs = [log(['starting', 'Error: environment variable DATABASE_URL is not set'])];
    expect(causes([...owners(), crashed], { logs })).toEqual([`environment-variable-missing on ${checkout}`]);
  });

  test('without an exact one the last error line is told', () => {
    expect(causes([...owners(), crashed], { logs: [log(['starting', 'Error: something odd'])] })).toEqual([`application-exits on ${checkout}`]);
  });

  test('without a log nothing is claimed', () => {
    expect(findings([...owners(), crashed])).toEqual([`(crash-loop-unexplained on ${checkout})`]);
  });

  test('a permission error inside a mounted volume names the volume', () => {
    const mounted = pod({
      container: { volumeMounts: [{ name: 'data', mountPath: '/var/lib/db' }] },
      spec: { volumes: [{ name: 'data', hostPath: { path: '/srv/db' } }] },
      status: { restartCount: 5, state: backOff, lastState: terminated('Error', 1) },
    });
    const line = "could not open file '/var/lib/db/global': Permission denied";
    expect(causes([...owners(), mounted], { logs: [log([line])] })).toEqual([`volume-permission-denied on ${checkout}`]);
  });

  test('one old error in the log of a healthy container is what logs are for', () => {
    const well = pod({ ready: true, since: 3000, status: { state: running(3100) } });
    const line = { number: 1, text: 'write /tmp/x: no space left on device' };
    const logs = [log(Array(50).fill('ok'), { errors: [line] })];
    expect(findings([...owners(), well], { logs })).toEqual([]);
    const often = { template: line.text, count: 30, level: 'error' as const, firstLine: 1, lastLine: 49, example: line.text };
    const recent = [log(Array(50).fill('ok'), { errors: [{ ...line, number: 49 }], templates: [often] })];
    expect(causes([...owners(), well], { logs: recent })).toEqual([`disk-full on ${checkout}`]);
  });
});

describe('containers that never started', () => {
  const waiting = (reason: string, message?: string) =>
    pod({ podStatus: { phase: 'Pending' }, status: { state: { waiting: { reason, ...(message && { message }) } } } });

  test.each([
    ['CreateContainerConfigError', 'configmap "app-config" not found', 'config-map-not-found'],
    ['CreateContainerConfigError', 'secret "db" not found', 'secret-not-found'],
    ['CreateContainerConfigError', "couldn't find key LEVL in ConfigMap shop/app-config", 'config-key-not-found'],
    ['CreateContainerConfigError', 'container has runAsNonRoot and image will run as root (pod: "x", container: app)', 'run-as-non-root-conflict'],
    ['InvalidImageName', 'couldn\'t parse image name "Shop:1"', 'image-name-invalid'],
    ['ErrImageNeverPull', 'Container image "absent:1" is not present with pull policy of Never', 'image-pull-policy-never'],
    ['ErrImagePull', 'rpc error: code = NotFound desc = registry.example.com/shop/checkout:1.4: not found', 'image-not-found'],
    ['CreateContainerError', 'words that nobody knows', 'container-not-started'],
  ])('%s: %s', (reason, message, cause) => {
    expect(causes([...owners(), waiting(reason, message)])).toEqual([`${cause} on ${checkout}`]);
  });

  test('the event tells why an image is not pulled when the status has lost it', () => {
    const message = 'Failed to pull image "registry.example.com/shop/checkout:1.4": dial tcp: lookup registry.example.com on 10.0.0.2:53: no such host';
    expect(causes([...owners(), waiting('ImagePullBackOff'), event('Failed', message)])).toEqual([`registry-host-unresolvable on ${checkout}`]);
  });

  test('a registry that refuses is told apart by what is known of the pull secret', () => {
    const refused = event('Failed', 'Failed to pull image: failed with status code [manifests 1.4]: 401 Unauthorized');
    const withSecret = pod({
      spec: { imagePullSecrets: [{ name: 'regcred' }] },
      podStatus: { phase: 'Pending' },
      status: { state: { waiting: { reason: 'ImagePullBackOff' } } },
    });
    const secret = { kind: 'Secret', metadata: { namespace: 'shop', name: 'regcred' } };
    const absent = event(
      'FailedToRetrieveImagePullSecret',
      'Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.',
      { age: 50 },
    );
    expect(causes([...owners(), waiting('ImagePullBackOff'), refused])).toEqual([`image-pull-credentials-missing on ${checkout}`]);
    expect(causes([...owners(), withSecret, secret, refused])).toEqual([`image-pull-credentials-rejected on ${checkout}`]);
    expect(causes([...owners(), withSecret, refused, absent])).toEqual([`image-pull-secret-not-found on ${checkout}`]);
  });

  test('images of several registries that fail on one node accuse the node', () => {
    const lookup = (host: string) => `Failed to pull image "${host}/a:1": dial tcp: lookup ${host} on 127.0.0.53:53: no such host`;
    const image = (name: string, host: string, index: number) =>
      pod({
        name,
        container: { image: `${host}/a:1` },
        podStatus: { phase: 'Pending' },
        status: { state: { waiting: { reason: 'ErrImagePull' } } },
        metadata: { ownerReferences: [], uid: `uid-${index}` },
      });
    const about = (name: string, index: number) => ({ name, uid: `uid-${index}` });
    const objects = [
      image('a', 'one.example.com', 1),
      image('b', 'two.example.com', 2),
      event('Failed', lookup('one.example.com'), { about: about('a', 1) }),
      event('Failed', lookup('two.example.com'), { about: about('b', 2) }),
    ];
    expect(causes(objects)).toEqual(['node-dns-failure on Node n1']);
  });

  test('a mount that waited for a Secret is forgotten once the container has started', () => {
    const mount = event('FailedMount', 'MountVolume.SetUp failed for volume "tls" : secret "app-tls" not found', { age: 1000 });
    const started = pod({ status: { restartCount: 2, state: backOff, lastState: terminated('Error', 1, { age: 30 }) } });
    expect(causes([...owners(), waiting('ContainerCreating'), mount])).toEqual([`secret-not-found on ${checkout}`]);
    expect(causes([...owners(), started, mount], { logs: [log(['Error: x'])] })).toEqual([`application-exits on ${checkout}`]);
  });

  test('ContainerCreating alone is no fault', () => {
    expect(causes([...owners(), waiting('ContainerCreating')])).toEqual([]);
  });
});

describe('probes', () => {
  const both = { ports: [{ containerPort: 5050 }], livenessProbe: { grpc: { port: 5050 } }, readinessProbe: { grpc: { port: 5051 } } };

  test('a readiness probe on a port of its own, while liveness passes', () => {
    const notReady = pod({ container: both, status: { state: running(300), started: true } });
    const failed = event('Unhealthy', 'Readiness probe failed: timeout: failed to connect service "10.1.2.3:5051" within 1s: context deadline exceeded', {
      count: 20,
    });
    expect(causes([...owners(), notReady, failed])).toEqual([`readiness-probe-wrong-port on ${checkout}`]);
  });

  test('probe failures while it started, in a pod that is ready now, are healed', () => {
    const ready = pod({ container: both, ready: true, since: 100, status: { state: running(120) } });
    const failed = event('Unhealthy', 'Readiness probe failed: timeout: failed to connect service "10.1.2.3:5051" within 1s: context deadline exceeded', {
      age: 110,
    });
    expect(findings([...owners(), ready, failed])).toEqual([]);
  });

  test('a probe that failed once, hours after the pod became ready, had no consequence', () => {
    const ready = pod({ container: both, ready: true, since: 9000, status: { state: running(9100) } });
    const failed = event('Unhealthy', 'Liveness probe failed: timeout: health rpc did not complete within 1s', { age: 1800 });
    expect(findings([...owners(), ready, failed])).toEqual([]);
  });

  test('a pod that has just started may fail its readiness probe', () => {
    const young = pod({ container: { readinessProbe: http(8080) }, status: { state: running(20) } });
    const failed = event('Unhealthy', 'Readiness probe failed: dial tcp 10.1.2.3:8080: connect: connection refused', { age: 5 });
    expect(causes([...owners(), young, failed])).toEqual([]);
  });

  test('a liveness probe that leaves two seconds to start', () => {
    const strict = { grpc: { port: 7000 }, initialDelaySeconds: 1, periodSeconds: 1, failureThreshold: 1 };
    const killed = pod({
      container: { ports: [{ containerPort: 7000 }], livenessProbe: strict },
      status: { restartCount: 5, state: backOff, lastState: terminated('Error', 137, { ran: 8 }) },
    });
    const events = [
      event('Unhealthy', 'Liveness probe failed: timeout: failed to connect service "10.1.2.3:7000" within 1s: context deadline exceeded', { count: 5 }),
      event('Killing', 'Container app failed liveness probe, will be restarted', { count: 5 }),
    ];
    expect(causes([...owners(), killed, ...events])).toEqual([`liveness-probe-too-strict on ${checkout}`]);
  });

  test('HTTP asked of a gRPC server', () => {
    const notReady = pod({ container: { ...both, readinessProbe: http(5050) }, status: { state: running(300) } });
    const failed = event(
      'Unhealthy',
      'Readiness probe failed: Get "http://10.1.2.3:5050/": net/http: HTTP/1.x transport connection broken: malformed HTTP response "\\x00"',
      { count: 9 },
    );
    expect(causes([...owners(), notReady, failed])).toEqual([`readiness-probe-wrong-protocol on ${checkout}`]);
  });
});

test('an init container that waits for a Service that is not there', () => {
  const init = { name: 'wait', image: 'busybox:1', command: ['sh', '-c', 'until nslookup orders-db; do sleep 2; done'] };
  const stuck = pod({
    spec: { initContainers: [init] },
    podStatus: { phase: 'Pending', initContainerStatuses: [{ name: 'wait', ready: false, restartCount: 0, state: running(900) }] },
    status: { state: { waiting: { reason: 'PodInitializing' } } },
  });
  const logs = [log(['waiting for orders-db'], { container: 'wait' })];
  const service = { kind: 'Service', metadata: { namespace: 'shop', name: 'orders-db' } };
  expect(findings([...owners(), stuck], { logs })).toEqual([`awaited-service-not-found on ${checkout}`]);
  expect(findings([...owners(), stuck, service], { logs })).toEqual([`(init-container-waits on ${checkout})`]);
  expect(causes([...owners(), stuck], { logs, forbidden: ['Service'] })).toEqual([]);
});
