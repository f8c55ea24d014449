import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CodedError, coded } from '../../errors/coded-error.ts';
import type { Redactor } from '../../redact/redactor.ts';
import type { ClusterReader } from '../reader.ts';
import { reasonOf } from './files/reason-of.ts';
import type { RecordedGap, RecordedLogs } from './snapshot-info.ts';
import { ArchiveSink } from './write/archive-sink.ts';
import { FolderSink } from './write/folder-sink.ts';
import type { LogBudget } from './write/log-writer.ts';
import { SnapshotRun } from './write/snapshot-run.ts';
import type { SnapshotSink } from './write/snapshot-sink.ts';

export interface WriteSnapshotOptions {
  readonly reader: ClusterReader;
  /** Empty: all. */
  readonly namespaces: readonly string[];
  /** A new folder, or a new file that ends in .tar.gz or .tgz. */
  readonly out: string;
  readonly redactor: Redactor;
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: SnapshotProgress) => void) | undefined;
  /** Also the names, types and key names of Secrets; never their values. Default: Secrets are not read. */
  readonly secretNames?: boolean;
  /** Default: of 500 pods, the last 5,000 lines and the last MiB of each container, 256 MiB in all. */
  readonly logs?: Partial<LogBudget>;
  /** A file to lie beside the objects that the reader does not have: alerts.json, metrics.om. */
  readonly attachment?: (name: string) => string | undefined;
}

export interface SnapshotProgress {
  /** "pods in shop", "logs of shop/checkout-1" */
  readonly what: string;
  readonly files: number;
}

export interface SnapshotSummary {
  /** Absolute. */
  readonly path: string;
  readonly namespaces: readonly string[];
  readonly files: number;
  /** Before compression. */
  readonly bytes: number;
  readonly objects: number;
  readonly logs: number;
  /** Of how many logs only the end is in it. */
  readonly logsCut: number;
  readonly logsLeftOut: RecordedLogs['leftOut'];
  /** Kinds that could not be read, or not entirely. */
  readonly gaps: readonly RecordedGap[];
}

/**
 * Writes what a reader sees as a dump that `openSnapshotReader` reads back to the same answers, without secrets. All or nothing:
 * after an error or an abort nothing is left behind. SNAPSHOT_OUT_EXISTS, SNAPSHOT_NOT_WRITTEN.
 */
export async function writeSnapshot(options: WriteSnapshotOptions): Promise<SnapshotSummary> {
  const path = resolve(options.out);
  if (await exists(path)) throw coded('SNAPSHOT_OUT_EXISTS', { path: options.out });
  const sink = await openSink(path, options).catch((error: unknown) => notWritten(options.out, error));
  try {
    const run = new SnapshotRun(options, sink);
    await run.write();
    await sink.commit();
    return { path, files: sink.files, bytes: sink.bytes, ...run.counts() };
  } catch (error) {
    await sink.discard();
    options.signal.throwIfAborted();
    return notWritten(options.out, error);
  }
}

async function openSink(path: string, { reader }: WriteSnapshotOptions): Promise<SnapshotSink> {
  return /\.(?:tar\.gz|tgz)$/i.test(path) ? ArchiveSink.create(path, new Date(reader.asOf)) : FolderSink.create(path);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** What the disk refuses has a code of its own; what the cluster refuses keeps the one it has. */
function notWritten(path: string, error: unknown): never {
  if (error instanceof CodedError || !(error instanceof Error) || !('syscall' in error)) throw error;
  if ('code' in error && (error.code === 'EEXIST' || error.code === 'ENOTEMPTY')) throw coded('SNAPSHOT_OUT_EXISTS', { path }, { cause: error });
  const reason = 'code' in error && error.code === 'ENOENT' ? 'there is no such folder to write it into' : reasonOf(error);
  throw coded('SNAPSHOT_NOT_WRITTEN', { path, reason }, { cause: error });
}
