import { sentence } from '../../domain/sentence.ts';
import { type ErrorRow, EXIT } from '../row.ts';

export const USAGE_ERRORS = {
  DESCRIPTION_EMPTY: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: (_: object) => 'There is nothing to investigate: the description is empty.',
    nextSteps: ['Say what hurts in a few words: "checkout is failing in shop".'],
  },
  ARGUMENTS_INVALID: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ problem }: { problem: string }) => sentence(`The command line cannot be understood: ${problem}`),
    nextSteps: ['"sre-orch --help" lists the commands, "sre-orch COMMAND --help" what each takes.'],
  },
  FLAGS_ELSEWHERE: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ server, flags }: { server: string; flags: readonly string[] }) =>
      `${flags.join(', ')} ${flags.length === 1 ? 'is' : 'are'} for work on this machine, and ${server} does it with settings of its own.`,
    nextSteps: ['Leave out what is named, or add --no-server to work on this machine.'],
  },
  SNAPSHOT_NEEDED: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ id }: { id: string }) => `Investigation ${id} is of a dump: asked of a cluster, the same question is another one.`,
    nextSteps: ['Name the dump: sre-orch rerun ID --snapshot PATH.'],
  },
  SETTINGS_INVALID: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ problems }: { problems: readonly string[] }) =>
      `${problems.length === 1 ? 'A setting is' : `${problems.length} settings are`} not valid: ${problems.join('; ')}.`,
    nextSteps: ['Correct each of them and try again.'],
  },
  NAMESPACE_UNKNOWN: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ name, near }: { name: string; near: readonly string[] }) =>
      `There is no namespace ${name}${near.length === 0 ? '' : `; near: ${near.join(', ')}`}.`,
    nextSteps: ['kubectl get namespaces lists those there are.'],
  },
  NAMESPACE_NOT_COLLECTED: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ name, held, near }: { name: string; held: readonly string[]; near: readonly string[] }) =>
      `The dump holds nothing of namespace ${name}; ${near.length > 0 ? `near: ${near.join(', ')}` : `it holds ${held.slice(0, 10).join(', ') || 'none'}`}.`,
    nextSteps: ['Name one that it holds, leave -n out, or take a dump of that namespace: sre-orch snapshot -n NAMESPACE --out DIR.'],
  },
  CONNECTING_TIMED_OUT: {
    kind: 'user',
    exitCode: EXIT.timedOut,
    httpStatus: 504,
    message: ({ timeout }: { timeout: string }) => `The cluster did not answer within ${timeout}; nothing was read.`,
    nextSteps: ['Check the network and the VPN: kubectl get --raw /version.', 'Give it longer with --timeout.'],
  },
  SNAPSHOT_TIMED_OUT: {
    kind: 'user',
    exitCode: EXIT.timedOut,
    httpStatus: 504,
    message: ({ path, timeout }: { path: string; timeout: string }) => `The dump ${path} was not complete within ${timeout}; nothing was left behind.`,
    nextSteps: ['Give it longer with --timeout, or take fewer namespaces: -n NAMESPACE.'],
  },
  FILE_UNREADABLE: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ path, reason }: { path: string; reason: string }) => `The file ${path} cannot be read: ${reason}.`,
    nextSteps: ['Check the path and its permissions.'],
  },
  FILE_UNWRITABLE: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 500,
    message: ({ path, reason }: { path: string; reason: string }) => `The file ${path} cannot be written: ${reason}.`,
    nextSteps: ['Check the free space and the permissions of its folder; SRE_ORCH_CONFIG names another place for the settings file.'],
  },
  OUTPUT_FAILED: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 500,
    message: ({ reason }: { reason: string }) => `The answer could not be written: ${reason}.`,
    nextSteps: ['Check the free space and the permissions of where stdout leads; "sre-orch show last" prints a stored report again.'],
  },
  UNEXPECTED: {
    kind: 'bug',
    exitCode: EXIT.bug,
    httpStatus: 500,
    message: ({ reason }: { reason: string }) => `Something went wrong inside sre-orch: ${reason}.`,
    nextSteps: ['Run it again with --verbose and report what it prints; it holds no secret.'],
  },
} as const satisfies Record<string, ErrorRow>;
