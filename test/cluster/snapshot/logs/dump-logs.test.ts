import { describe, expect, test } from 'vitest';
import { containerSections } from '../../../../src/cluster/snapshot/logs/container-sections.ts';
import { logRefusal } from '../../../../src/cluster/snapshot/logs/log-refusal.ts';
import { logWindow } from '../../../../src/cluster/snapshot/logs/log-window.ts';
import { openSnapshotReader } from '../../../../src/cluster/snapshot/open-snapshot-reader.ts';
import { temporaryFolder, writeFiles } from '../dump-files.ts';

const mark = (which: string, container: string): string => `==== ${which} logs for container ${container} of pod shop/a ====\n`;

describe('containerSections', () => {
  test('splits by container', () => {
    const text = `${mark('START', 'init')}one\n${mark('END', 'init')}${mark('START', 'app')}two\nthree\n${mark('END', 'app')}`;
    expect(containerSections(text)).toEqual(
      new Map([
        ['init', 'one\n'],
        ['app', 'two\nthree\n'],
      ]),
    );
  });

  test('reads files that were cut at either end', () => {
    expect(containerSections(`tail of it\n${mark('END', 'init')}${mark('START', 'app')}two`)).toEqual(
      new Map([
        ['init', 'tail of it\n'],
        ['app', 'two'],
      ]),
    );
  });

  test('without markers there are no sections', () => {
    expect(containerSections('a\nb\n')).toBeUndefined();
  });
});

describe('logRefusal', () => {
  test.each([
    ['Error from server (BadRequest): container "app" in pod "a" is waiting to start: PodInitializing', 'not-found'],
    ['Error: Error from server (BadRequest): previous terminated container "app" in pod "a" not found', 'not-found'],
    ['Error from server (Forbidden): pods "a" is forbidden: User "u" cannot get resource "pods/log"', 'forbidden'],
    ['Request log error: Get "https://n1:10250/containerLogs/shop/a/app": dial tcp 10.0.0.1:10250: connect: connection refused', 'not-collected'],
    ['unable to retrieve container logs for containerd://0123', 'not-collected'],
  ])('%s', (line, status) => {
    expect(logRefusal(`${line}\n`)?.status).toBe(status);
  });

  test('a log that begins like one is a log', () => {
    expect(logRefusal('Error from server: no\nretrying\n')).toBeUndefined();
    expect(logRefusal('')).toBeUndefined();
  });
});

describe('logWindow', () => {
  const text = ['2026-01-01T10:00:00Z a', '  at b', '2026-01-01T10:00:05.5Z c', '  at d', ''].join('\n');

  test('begins at a time, with the lines that follow it', () => {
    expect(logWindow(text, { since: '2026-01-01T10:00:05Z' })).toEqual({ text: '2026-01-01T10:00:05.5Z c\n  at d\n', truncated: false });
    expect(logWindow(text, { since: '2026-01-01T11:00:00Z' })).toEqual({ text: '', truncated: false });
    expect(logWindow('no times\nhere\n', { since: '2026-01-01T11:00:00Z' }).text).toBe('no times\nhere\n');
  });

  test('keeps the last lines and bytes, by whole lines where it can', () => {
    expect(logWindow('a\nb\nc\n', { tailLines: 2 })).toEqual({ text: 'b\nc\n', truncated: true });
    expect(logWindow('a\nb\nc', { tailLines: 2 }).text).toBe('b\nc');
    expect(logWindow('a\nb\n', { tailLines: 2 })).toEqual({ text: 'a\nb\n', truncated: false });
    expect(logWindow('a\nb\n', { tailLines: 0 }).text).toBe('');
    expect(logWindow('aaaa\nbb\ncc\n', { maxBytes: 7 }).text).toBe('bb\ncc\n');
    expect(logWindow('ääääää', { maxBytes: 5 })).toEqual({ text: 'ää', truncated: true });
  });
});

describe('the logs of a dump', () => {
  const { signal } = new AbortController();
  const pod = (name: string, containers: string[], restartCount: number) => ({
    metadata: { name, namespace: 'shop' },
    spec: { containers: containers.map((container) => ({ name: container })) },
    status: { containerStatuses: containers.map((container) => ({ name: container, restartCount })) },
  });
  const files = {
    'nodes.json': '{"kind":"NodeList","items":[]}',
    'shop/pods.json': JSON.stringify({ kind: 'PodList', items: [pod('one', ['app'], 0), pod('two', ['app', 'sidecar'], 3)] }),
    'shop/one/logs.txt': 'hello\n',
    'shop/two/logs.txt': 'whose?\n',
    'shop/two/logs-previous.txt': `==== START logs for container app of pod shop/two ====\nError from server (Forbidden): pods "two" is forbidden\n==== END logs for container app of pod shop/two ====\n`,
  };

  test('four answers', async () => {
    await using folder = await temporaryFolder();
    await using reader = await openSnapshotReader(await writeFiles(folder.path, files));
    const logs = (name: string, container: string, previous = false) => reader.logs({ namespace: 'shop', pod: name, container, previous }, signal);
    expect(await logs('one', 'app')).toMatchObject({ status: 'found', value: { text: 'hello\n', truncated: false } });
    expect(await logs('one', 'app', true)).toMatchObject({ status: 'not-found' });
    expect(await logs('two', 'app')).toEqual({
      status: 'not-collected',
      needs: 'shop/two/logs.txt in the dump',
      reason: 'shop/two/logs.txt holds no log of container app',
    });
    expect(await logs('two', 'app', true)).toEqual({ status: 'forbidden', needs: 'get pods/log in shop' });
    expect(await logs('two', 'sidecar', true)).toMatchObject({ status: 'not-collected' });
    expect(await logs('three', 'app')).toMatchObject({ status: 'not-found' });
  });

  test('a kubelet that did not answer is a reason, not a log', async () => {
    await using folder = await temporaryFolder();
    const refusal = 'Error from server: Get "https://n1:10250/containerLogs": dial tcp 10.0.0.1:10250: connect: connection refused';
    await using reader = await openSnapshotReader(await writeFiles(folder.path, { ...files, 'shop/one/logs.txt': refusal }));
    expect(await reader.logs({ namespace: 'shop', pod: 'one', container: 'app', previous: false }, signal)).toMatchObject({
      status: 'not-collected',
      reason: refusal,
    });
  });
});

describe('logs that nobody named by a layout', () => {
  const pod = (name: string, ...containers: string[]) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop' },
    spec: { containers: containers.map((container) => ({ name: container })) },
    status: { containerStatuses: containers.map((container) => ({ name: container, restartCount: 1 })) },
  });
  const pods = JSON.stringify({ apiVersion: 'v1', kind: 'PodList', items: [pod('a', 'app', 'proxy'), pod('b', 'app')] }, null, 4);
  const readAll = async (path: string) => {
    await using reader = await openSnapshotReader(path);
    const logOf = async (name: string, container: string, previous = false) => {
      const log = await reader.logs({ namespace: 'shop', pod: name, container, previous }, new AbortController().signal);
      return log.status === 'found' ? log.value.text : log.status;
    };
    return { a: await logOf('a', 'app'), proxy: await logOf('a', 'proxy'), b: await logOf('b', 'app'), before: await logOf('b', 'app', true) };
  };

  test('are found by the names of pods and containers', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, {
      'pods.json': pods,
      'a.log': 'of a\n',
      'logs/b_app.log': 'of b\n',
      'logs/b_app-previous.log': 'before\n',
      'b-describe.txt': 'Name: b',
    });
    expect(await readAll(folder.path)).toEqual({ a: 'of a\n', proxy: 'not-collected', b: 'of b\n', before: 'before\n' });
  });

  test('are found by the prefix of their lines', async () => {
    await using folder = await temporaryFolder();
    const text = '[pod/a/app] of a\n[pod/a/proxy] beside\n[pod/b/app] of b\n';
    await writeFiles(folder.path, { 'pods.json': pods, 'all.txt': text, 'all-previous.txt': '[pod/b/app] before\n' });
    expect(await readAll(folder.path)).toEqual({ a: 'of a\n', proxy: 'beside\n', b: 'of b\n', before: 'before\n' });
  });

  test('stand among the objects where the dump went to a terminal', async () => {
    await using folder = await temporaryFolder();
    const section = (name: string, text: string) =>
      `==== START logs for container app of pod shop/${name} ====\n${text}\n==== END logs for container app of pod shop/${name} ====\n`;
    const services = JSON.stringify({ apiVersion: 'v1', kind: 'ServiceList', items: [] }, null, 4);
    await writeFiles(folder.path, { 'dump.txt': `${pods}\n${services}\n${section('a', '{"of": "a"')}${section('b', 'of b')}` });
    expect(await readAll(`${folder.path}/dump.txt`)).toEqual({ a: '{"of": "a"\n', proxy: 'not-collected', b: 'of b\n', before: 'not-collected' });
  });
});
