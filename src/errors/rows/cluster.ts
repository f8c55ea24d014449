import { type ErrorRow, EXIT } from '../row.ts';

export const CLUSTER_ERRORS = {
  KUBECONFIG_NOT_FOUND: {
    kind: 'user',
    exitCode: EXIT.unreachable,
    httpStatus: 400,
    message: ({ path }: { path: string }) => `There is no kubeconfig at ${path}.`,
    nextSteps: ['Pass --kubeconfig FILE or set KUBECONFIG.', 'Or read a dump: --snapshot PATH.'],
  },
  KUBECONFIG_INVALID: {
    kind: 'user',
    exitCode: EXIT.unreachable,
    httpStatus: 400,
    message: ({ path, problems }: { path: string; problems: readonly string[] }) => `The kubeconfig ${path} cannot be used: ${problems.join('; ')}.`,
    nextSteps: ['Compare with what "kubectl config view" shows.'],
  },
  CONTEXT_UNKNOWN: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ name, near }: { name: string; near: readonly string[] }) =>
      `The kubeconfig has no context ${name}${near.length === 0 ? '' : `; it has ${near.join(', ')}`}.`,
    nextSteps: ['kubectl config get-contexts lists those there are.'],
  },
  CREDENTIALS_UNAVAILABLE: {
    kind: 'user',
    exitCode: EXIT.unreachable,
    httpStatus: 401,
    message: ({ user, reason }: { user: string; reason: string }) => `The credentials of ${user} could not be had: ${reason}.`,
    nextSteps: ['Sign in again, and check that the exec plugin of the kubeconfig runs: kubectl get --raw /version.'],
  },
  CREDENTIALS_REJECTED: {
    kind: 'user',
    exitCode: EXIT.unreachable,
    httpStatus: 401,
    message: ({ server, reason = 'they are missing, wrong or expired' }: { server: string; reason?: string }) =>
      `The API server ${server} rejected the credentials: ${reason}.`,
    nextSteps: ['Sign in again; kubectl auth whoami shows as whom.'],
  },
  CLUSTER_UNREACHABLE: {
    kind: 'user',
    exitCode: EXIT.unreachable,
    httpStatus: 503,
    message: ({ server, reason }: { server: string; reason: string }) => `The API server ${server} could not be reached: ${reason}.`,
    nextSteps: ['Check the address, the network and the VPN: kubectl get --raw /version.', 'Or read a dump: --snapshot PATH.'],
  },
  CLUSTER_NOT_READY: {
    kind: 'user',
    exitCode: EXIT.unreachable,
    httpStatus: 503,
    message: ({ server, status }: { server: string; status: number }) => `The API server ${server} answers with HTTP ${status}.`,
    nextSteps: ['Check that the address is a Kubernetes API server, and that it is healthy: kubectl get --raw /readyz?verbose.'],
  },
  TLS_UNTRUSTED: {
    kind: 'user',
    exitCode: EXIT.unreachable,
    httpStatus: 503,
    message: ({ server, reason }: { server: string; reason: string }) => `The certificate of the API server ${server} is not trusted: ${reason}.`,
    nextSteps: ['Check certificate-authority and tls-server-name of the cluster in the kubeconfig.'],
  },
} as const satisfies Record<string, ErrorRow>;
