import { describe, expect, test } from 'vitest';
import { factsOf } from './infrastructure-scene.ts';
import { ago, backOff, containerDoc, event, log, owners, pod, running, terminated } from './workload-scene.ts';

describe('references of a container', () => {
  const reading = pod({
    container: {
      env: [{ name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'settings', key: 'LEVL' } } }],
      envFrom: [{ secretRef: { name: 'db' } }, { configMapRef: { name: 'extra', optional: true } }],
      volumeMounts: [{ name: 'files', mountPath: '/etc/files' }],
    },
    spec: {
      volumes: [
        { name: 'files', projected: { sources: [{ configMap: { name: 'files' } }, { secret: { name: 'tls' } }] } },
        { name: 'unused', secret: { secretName: 'unused' } },
      ],
    },
  });
  const settings = { kind: 'ConfigMap', metadata: { namespace: 'shop', name: 'settings' }, data: { LEVEL: 'info' } };

  test('only what was looked for completely is missing', () => {
    expect(containerDoc([reading, settings]).missing).toEqual(['key LEVL in ConfigMap settings', 'Secret db', 'ConfigMap files', 'Secret tls']);
    expect(containerDoc([reading, settings], { forbidden: ['Secret'], notCollected: ['ConfigMap'] }).missing).toEqual(['key LEVL in ConfigMap settings']);
  });

  test('each keeps what is known of it', () => {
    const { references } = containerDoc([reading, settings], { forbidden: ['Secret'] });
    expect(references.map(({ kind, name, used_as, status }) => `${kind} ${name} (${used_as}): ${status}`)).toEqual([
      'ConfigMap settings (env): key-missing',
      'Secret db (envFrom): forbidden',
      'ConfigMap extra (envFrom): not-found',
      'ConfigMap files (volume): not-found',
      'Secret tls (volume): forbidden',
    ]);
  });
});

describe('events without a fieldPath find their container', () => {
  const sidecar = {
    name: 'proxy',
    image: 'proxy:1',
    volumeMounts: [{ name: 'certs', mountPath: '/certs' }],
    readinessProbe: { httpGet: { path: '/', port: 15021 } },
  };
  const two = pod({
    spec: { containers: [{ name: 'app', image: 'app:1', readinessProbe: { tcpSocket: { port: 8080 } } }, sidecar] },
    status: { state: running(300) },
  });
  const readBy = (message: string, reason = 'Failed'): string[] =>
    factsOf('Container', [two, event(reason, message)])
      .filter(({ texts }) => texts.some(({ text }) => text === message))
      .map(({ container }) => container ?? '');

  test.each([
    ['Stopping container proxy', 'proxy'],
    ['Container proxy failed liveness probe, will be restarted', 'proxy'],
    ['Back-off restarting failed container proxy in pod checkout_shop(1)', 'proxy'],
    ['Failed to pull image "proxy:1": not found', 'proxy'],
    ['MountVolume.SetUp failed for volume "certs" : secret "certs" not found', 'proxy'],
    ['Failed to create pod sandbox: container init was OOM-killed', 'app'],
  ])('%s: %s', (message, container) => {
    expect(readBy(message)).toEqual([container]);
  });

  test('a failed probe by its port', () => {
    expect(readBy('Readiness probe failed: Get "http://10.1.2.3:15021/": connection refused', 'Unhealthy')).toEqual(['proxy']);
    expect(readBy('Readiness probe failed: dial tcp 10.1.2.3:8080: connect: connection refused', 'Unhealthy')).toEqual(['app']);
  });
});

describe('who ended the last run', () => {
  const probe = { tcpSocket: { port: 8080 }, periodSeconds: 10, failureThreshold: 3 };
  const ended = (reason: string, code: number, ran: number) =>
    pod({ container: { livenessProbe: probe }, status: { state: backOff, restartCount: 4, lastState: terminated(reason, code, { ran, age: 60 }) } });
  const killing = (age: number) => event('Killing', 'Container app failed liveness probe, will be restarted', { age });
  const killedBy = (...objects: object[]) => containerDoc(objects).killed_by;

  test('the liveness probe, whatever the exit code', () => {
    expect(killedBy(ended('Error', 2, 30), killing(65))).toBe('liveness');
    expect(killedBy(ended('Error', 137, 30), killing(1800))).toBe('liveness');
  });

  test('not the liveness probe when the run was too short for it, or the kill too long before', () => {
    expect(killedBy(ended('Error', 1, 2), killing(65))).toBeNull();
    expect(killedBy(ended('Error', 1, 30), killing(1800))).toBeNull();
  });

  test('the memory limit, the eviction, the hook', () => {
    expect(killedBy(ended('OOMKilled', 137, 30), killing(65))).toBe('oom');
    expect(killedBy(pod({ podStatus: { phase: 'Failed', reason: 'Evicted' }, status: { state: terminated('Error', 137) } }))).toBe('eviction');
    expect(killedBy(ended('Error', 137, 2), event('FailedPostStartHook', 'PostStartHook failed'), event('Killing', 'FailedPostStartHook'))).toBe('post-start');
  });

  test('a container that never started ran for no time at all', () => {
    const never = pod({
      status: { state: backOff, lastState: { terminated: { reason: 'StartError', exitCode: 128, startedAt: '1970-01-01T00:00:00Z', finishedAt: ago(9) } } },
    });
    expect(containerDoc([never]).termination).toMatchObject({ ran_s: 0, age_s: 9, current: false });
  });
});

describe('a probe and what is known of its port', () => {
  const probed = (probe: object, container: object = {}) => pod({ container: { readinessProbe: probe, ...container }, status: { state: running(300) } });

  test('ports come from the container, its log and the Services that select it', () => {
    const service = {
      kind: 'Service',
      metadata: { namespace: 'shop', name: 'checkout' },
      spec: { selector: { app: 'checkout' }, ports: [{ port: 80, targetPort: 9090 }] },
    };
    const logs = [log(['2026-01-01T11:59:00Z INFO listening on :8080', 'Now listening on: http://[::]:7070'])];
    const { readiness } = containerDoc([probed({ tcpSocket: { port: 8081 } }, { ports: [{ containerPort: 5050 }] }), service], { logs });
    expect(readiness).toMatchObject({ kind: 'tcp', port: 8081, port_known: false, known_ports: '5050, 7070, 8080, 9090', budget_s: 30 });
  });

  test('nothing is said of a port where none is known', () => {
    expect(containerDoc([probed({ tcpSocket: { port: 8081 } })]).readiness).toMatchObject({ port_known: null, known_ports: null });
  });

  test('a named port is resolved, and one that is not declared cannot be', () => {
    const ports = [{ name: 'http', containerPort: 8080 }];
    expect(containerDoc([probed({ httpGet: { port: 'http' } }, { ports })]).readiness).toMatchObject({
      port: 8080,
      port_name: 'http',
      path: '/',
      port_known: true,
    });
    expect(containerDoc([probed({ httpGet: { port: 'web' } }, { ports })]).readiness).toMatchObject({ port: null, port_known: false });
  });

  test.each([
    ['Get "http://10.1.2.3:8080/": dial tcp 10.1.2.3:8080: connect: connection refused', 'refused'],
    ['Get "http://10.1.2.3:8080/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)', 'timeout'],
    ['Get "https://10.1.2.3:8080/": http: server gave HTTP response to HTTPS client', 'tls-mismatch'],
    ['Get "http://10.1.2.3:6379/": malformed HTTP response "-ERR"', 'not-http'],
    ['HTTP probe failed with statuscode: 503', 'http-status'],
    ['Get "http://10.1.2.3:8080/": EOF', 'not-http'],
    ['dial tcp 10.1.2.3:8080: connect: no route to host', 'unreachable'],
    ['something else', 'other'],
  ])('%s is %s', (said, error) => {
    expect(containerDoc([probed({ httpGet: { port: 8080 } }), event('Unhealthy', `Readiness probe failed: ${said}`)]).readiness).toMatchObject({
      error,
      message: said,
      failures: 1,
    });
  });

  test('what a command prints is not the words of the kubelet', () => {
    const exec = probed({ exec: { command: ['check', '-q'] } });
    expect(containerDoc([exec, event('Unhealthy', 'Readiness probe failed: connection refused')]).readiness).toMatchObject({
      error: 'command',
      command: 'check -q',
    });
    expect(
      containerDoc([exec, event('Unhealthy', 'Readiness probe errored and resulted in unknown state: command "check -q" timed out')]).readiness?.error,
    ).toBe('timeout');
  });
});

describe('the log', () => {
  test('an application that names localhost only', () => {
    const listens = (line: string) => containerDoc([pod()], { logs: [log([line])] }).log;
    expect(listens('listening on 127.0.0.1:8080')).toMatchObject({ listens_locally: 'listening on 127.0.0.1:8080', listening_ports: [8080] });
    expect(listens('listening on 0.0.0.0:8080')).toMatchObject({ listens_locally: null, listening_ports: [8080] });
    expect(listens('12:30:45 server started on port 9000')).toMatchObject({ listening_ports: [9000] });
  });

  test.each([
    ['Tomcat started on port(s): 8080 (http) with context path', [8080]],
    ['Uvicorn running on http://0.0.0.0:8080, server is running', [8080]],
    ['Now listening on: http://[::]:8080', []],
    ['10.0.0.3 - - [20/Jan/2026:08:00:11 +0000] "GET /items HTTP/1.1" 200 812', [8080]],
  ])('what speaks HTTP: %s', (line, ports) => {
    const serving = pod({ spec: { containers: [{ name: 'app', image: 'app:1', ports: [{ containerPort: 8080 }] }] } });
    expect(containerDoc([serving], { logs: [log([line])] }).log.http_ports).toEqual(ports);
  });

  test('the deepest cause is told before the last error, the last error before the last line', () => {
    const crashed = pod({ status: { state: backOff, lastState: terminated('Error', 1) } });
    const errors = [{ number: 1, text: 'Error: a' }];
    const told = (fields: object) => containerDoc([crashed], { logs: [log(['Error: a', 'bye'], fields)] }).log.last_error;
    expect(told({ deepestCause: 'java.net.UnknownHostException: db', errors })).toBe('java.net.UnknownHostException: db');
    expect(told({ errors })).toBe('Error: a');
    expect(told({})).toBe('bye');
  });

  test('no log and an empty log are two things', () => {
    expect(containerDoc([pod()]).log).toMatchObject({ collected: false, empty: false, lines: null });
    expect(containerDoc([pod()], { logs: [log([])] }).log).toMatchObject({ collected: true, empty: true, lines: 0 });
  });
});

describe('what a path was read from', () => {
  const probes = { livenessProbe: { grpc: { port: 1 }, periodSeconds: 5 } };
  const [fact] = factsOf('Container', [...owners(), pod({ container: probes, status: { lastState: terminated('Error', 1) } })]);

  test.each([
    ['termination.reason', 'status.containerStatuses[name=app].lastState.terminated.reason'],
    ['termination.exit_code', 'status.containerStatuses[name=app].lastState.terminated.exitCode'],
    ['limits.memory', 'spec.containers[name=app].resources.limits.memory'],
    ['liveness.port_known', 'spec.containers[name=app].livenessProbe.grpc.port'],
    ['liveness.period_s', 'spec.containers[name=app].livenessProbe.periodSeconds'],
    ['liveness.error', 'spec.containers[name=app].livenessProbe'],
    ['image', 'spec.containers[name=app].image'],
    ['image_tag', 'spec.containers[name=app].image'],
    ['restart_count', 'status.containerStatuses[name=app].restartCount'],
    ['waiting.reason', 'status.containerStatuses[name=app].state.waiting.reason'],
    ['pod.reason', 'status.reason'],
    ['role', 'status.containerStatuses[name=app]'],
  ])('%s', (path, fieldPath) => {
    expect(fact?.origin(path)).toEqual({ object: { kind: 'Pod', namespace: 'shop', name: 'checkout-6d4cf56db6-x2v8k' }, fieldPath });
  });

  test('a log and a node are evidence of their own', () => {
    expect(fact?.origin('log.last_error').source).toBe('log');
    expect(fact?.origin('node.system_oom').object).toEqual({ kind: 'Node', name: 'n1' });
  });
});

test('the roles of containers, and objects that a rule may blame', () => {
  const many = pod({ spec: { initContainers: [{ name: 'init' }, { name: 'proxy', restartPolicy: 'Always' }] } });
  const facts = factsOf('Container', [...owners(), many]);
  expect(facts.map(({ container, doc }) => [container, doc['role']])).toEqual([
    ['init', 'init'],
    ['proxy', 'sidecar'],
    ['app', 'main'],
  ]);
  expect(facts[2]?.relations).toEqual({
    self: { kind: 'Pod', namespace: 'shop', name: 'checkout-6d4cf56db6-x2v8k' },
    pod: { kind: 'Pod', namespace: 'shop', name: 'checkout-6d4cf56db6-x2v8k' },
    workload: { kind: 'Deployment', namespace: 'shop', name: 'checkout' },
    node: { kind: 'Node', name: 'n1' },
    namespace: { kind: 'Namespace', name: 'shop' },
  });
});

test('a claim that refuses writes is named, unless the pod wants it read-only', () => {
  const mounted = (claim: object, mount: object = {}) =>
    containerDoc(
      [
        pod({
          container: { volumeMounts: [{ name: 'data', mountPath: '/data', ...mount }] },
          spec: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-db-0', ...claim } }] },
        }),
      ],
      { logs: [log(['open /data/x: Read-only file system'])] },
    ).log.read_only_claim;
  expect(mounted({})).toBe('data-db-0');
  expect(mounted({ readOnly: true })).toBeNull();
  expect(mounted({}, { readOnly: true })).toBeNull();
  expect(mounted({}, { mountPath: '/elsewhere' })).toBeNull();
});

describe('the log of the run that ended', () => {
  test.each([
    ['ended for good, as in a Job', { state: terminated('Error', 1) }, '-c app'],
    ['waits to be started again', { state: backOff, lastState: terminated('Error', 1) }, '-c app --previous'],
    ['runs again', { state: running(30), lastState: terminated('Error', 1) }, '-c app --previous'],
    ['has never ended', { state: running(300) }, '-c app'],
  ])('of a container that %s', (_, status, expected) => {
    expect(containerDoc([pod({ status })]).log_arguments).toBe(expected);
  });
});
