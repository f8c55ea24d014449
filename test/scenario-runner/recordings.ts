import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ClusterReader } from '../../src/cluster/reader.ts';
import { openSnapshotReader } from '../../src/cluster/snapshot/open-snapshot-reader.ts';
import { writeSnapshot } from '../../src/cluster/snapshot/write-snapshot.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { concernedReader } from './concerned-reader.ts';
import type { Scenario } from './scenario.ts';

const RECORDINGS = join(import.meta.dirname, '../fixtures/scenarios');
const MOST_SECONDS = 120;
// A recording is kept for good: what a log repeats is not worth its bytes.
const LOGS = { tailLines: 300, maxBytes: 64 * 1024 };

/** Where the recording of a scenario lies, if there is one: an archive, or a folder that was written by hand. */
export function recordingOf({ name }: Pick<Scenario, 'name'>): string | undefined {
  return [join(RECORDINGS, `${name}.tar.gz`), join(RECORDINGS, name)].find((path) => existsSync(path));
}

/** The recording as a cluster; its default namespace is the one that was asked about. */
export async function openRecording(scenario: Pick<Scenario, 'name'>): Promise<ClusterReader> {
  const path = recordingOf(scenario);
  if (path === undefined) throw new Error(`${scenario.name} has no recording`);
  return openSnapshotReader(path);
}

/** Writes what `reader` sees of the namespaces, redacted, in the place of an older recording. */
export async function record({ name }: Pick<Scenario, 'name'>, reader: ClusterReader, namespaces: readonly string[]): Promise<void> {
  const out = join(RECORDINGS, `${name}.tar.gz`);
  await mkdir(dirname(out), { recursive: true });
  await rm(out, { force: true });
  const signal = AbortSignal.timeout(MOST_SECONDS * 1000);
  await writeSnapshot({ reader: concernedReader(reader, namespaces), namespaces, out, redactor: createRedactor(), signal, logs: LOGS });
}
