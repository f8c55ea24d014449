import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterReader } from '../../../src/cluster/reader.ts';
import { openSnapshotReader } from '../../../src/cluster/snapshot/open-snapshot-reader.ts';
import { describeClusterReader } from '../conformance.ts';
import type { ClusterFixture } from '../fixture.ts';
import {
  clusterInfoDumpOf,
  type DumpFiles,
  entriesOf,
  looseFolderOf,
  mustGatherOf,
  supportBundleOf,
  tarOf,
  temporaryFolder,
  writeFiles,
} from './dump-files.ts';

const inFolder =
  (filesOf: (fixture: ClusterFixture) => DumpFiles) =>
  async (fixture: ClusterFixture): Promise<ClusterReader> => {
    const folder = await temporaryFolder();
    return owning(folder, await openSnapshotReader(await writeFiles(folder.path, filesOf(fixture))));
  };

const inArchive = async (fixture: ClusterFixture): Promise<ClusterReader> => {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'dump.tar.gz');
  await writeFile(path, await tarOf(entriesOf(clusterInfoDumpOf(fixture))));
  return owning(folder, await openSnapshotReader(path));
};

/** The folder goes with the reader. */
function owning(folder: AsyncDisposable, reader: ClusterReader): ClusterReader {
  const close = reader[Symbol.asyncDispose].bind(reader);
  reader[Symbol.asyncDispose] = async () => {
    await close();
    await folder[Symbol.asyncDispose]();
  };
  return reader;
}

describeClusterReader('a cluster-info dump', inFolder(clusterInfoDumpOf));
describeClusterReader('an archive of a cluster-info dump', inArchive);
describeClusterReader('a folder of kubectl output', inFolder(looseFolderOf), ['forbidden']);
describeClusterReader('a support bundle', inFolder(supportBundleOf));
describeClusterReader('a must-gather', inFolder(mustGatherOf), ['forbidden']);
