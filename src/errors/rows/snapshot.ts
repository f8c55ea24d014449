import { type ErrorRow, EXIT } from '../row.ts';

const LAYOUTS_READ =
  'It reads "kubectl cluster-info dump --output-directory", folders of "kubectl get -o yaml|json" output, support bundles and must-gathers, also as .tar.gz.';

export const SNAPSHOT_ERRORS = {
  SNAPSHOT_NOT_FOUND: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ path }: { path: string }) => `There is no dump at ${path}.`,
    nextSteps: ['Check the path: a folder, or a .tar, .tar.gz or .tgz file.', 'Take a dump of a live cluster with "sre-orch snapshot --out DIR".'],
  },
  SNAPSHOT_UNREADABLE: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 400,
    message: ({ path, reason }: { path: string; reason: string }) => `The dump ${path} cannot be read: ${reason}.`,
    nextSteps: ['Check the permissions of the file or folder.'],
  },
  SNAPSHOT_EMPTY: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ path }: { path: string }) => `The dump ${path} is empty.`,
    nextSteps: ['Take it again with "sre-orch snapshot --out DIR", or with "kubectl cluster-info dump --all-namespaces --output-directory DIR".'],
  },
  SNAPSHOT_NOT_RECOGNISED: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ path, files }: { path: string; files: number }) =>
      `${path} is no cluster dump: no Kubernetes object was found in its ${files === 1 ? 'one file' : `${files} files`}.`,
    nextSteps: [LAYOUTS_READ],
  },
  SNAPSHOT_TOO_LARGE: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 413,
    message: ({ path, limit }: { path: string; limit: string }) => `The dump ${path} is larger than what is read: more than ${limit}.`,
    nextSteps: ['Pass the folder of the dump itself, not one above it.', 'Take a dump of fewer namespaces.'],
  },
  ARCHIVE_UNSAFE: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 400,
    message: ({ path, entry, reason }: { path: string; entry: string; reason: string }) =>
      `The archive ${path} is refused: its entry ${JSON.stringify(entry)} ${reason}. Nothing of it was used.`,
    nextSteps: ['Do not unpack this archive; ask where it came from.'],
  },
  ARCHIVE_CORRUPT: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 400,
    message: ({ path, reason }: { path: string; reason: string }) => `Nothing could be read from the archive ${path}: ${reason}.`,
    nextSteps: ['Copy it again: it may have been cut on the way.', 'If it is no tar archive, unpack it and pass the folder.'],
  },
  SNAPSHOT_OUT_EXISTS: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 409,
    message: ({ path }: { path: string }) => `${path} exists already; a dump never overwrites.`,
    nextSteps: ['Choose another name for --out, or remove what is there.'],
  },
  SNAPSHOT_NOT_WRITTEN: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 507,
    message: ({ path, reason }: { path: string; reason: string }) => `The dump ${path} could not be written: ${reason}. Nothing was left behind.`,
    nextSteps: ['Check the free space and the permissions of the folder that --out names.'],
  },
} as const satisfies Record<string, ErrorRow>;
