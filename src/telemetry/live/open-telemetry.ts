import { readFile } from 'node:fs/promises';
import { coded } from '../../errors/coded-error.ts';
import { serverUrlProblem } from '../../net/server-url.ts';
import type { LiveTelemetry } from '../telemetry-source.ts';
import { Alertmanager } from './alertmanager.ts';
import { Prometheus } from './prometheus.ts';
import { openAccess } from './server-access.ts';

export interface TelemetryAddresses {
  readonly prometheus: string | undefined;
  readonly prometheusTokenFile: string | undefined;
  readonly alertmanager: string | undefined;
  readonly alertmanagerTokenFile: string | undefined;
  readonly caFile: string | undefined;
  /** Hosts outside this machine that may be spoken to without TLS. */
  readonly insecureHosts: readonly string[];
}

/** The live servers that are asked for; they are not asked anything yet. SETTINGS_INVALID tells all that is wrong with the addresses at once. */
export async function openTelemetry(addresses: TelemetryAddresses): Promise<LiveTelemetry> {
  const { prometheus, prometheusTokenFile, alertmanager, alertmanagerTokenFile, caFile, insecureHosts } = addresses;
  const problems = [
    ...urlProblems('--prometheus', prometheus, insecureHosts),
    ...urlProblems('--alertmanager', alertmanager, insecureHosts),
    ...(await fileProblems([prometheusTokenFile, alertmanagerTokenFile, caFile])),
  ];
  if (problems.length > 0) throw coded('SETTINGS_INVALID', { problems });
  return {
    metrics: prometheus === undefined ? undefined : new Prometheus(await openAccess({ url: prometheus, tokenFile: prometheusTokenFile, caFile })),
    alerts: alertmanager === undefined ? undefined : new Alertmanager(await openAccess({ url: alertmanager, tokenFile: alertmanagerTokenFile, caFile })),
  };
}

function urlProblems(where: string, url: string | undefined, insecureHosts: readonly string[]): string[] {
  const problem = url === undefined ? undefined : serverUrlProblem(url, insecureHosts);
  return problem === undefined ? [] : [`${where}: ${problem}`];
}

async function fileProblems(paths: readonly (string | undefined)[]): Promise<string[]> {
  const read = async (path: string): Promise<string[]> =>
    readFile(path).then(
      () => [],
      (error: Error) => [`${path} cannot be read: ${error.message}`],
    );
  return (await Promise.all(paths.flatMap((path) => (path === undefined ? [] : [read(path)])))).flat();
}
