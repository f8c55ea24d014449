import type { Settings } from '../config/settings.ts';
import { VERSION } from '../config/version.ts';
import { coded } from '../errors/coded-error.ts';
import { reasonOf } from '../net/reason-of.ts';
import { serverUrlProblem } from '../net/server-url.ts';
import type { Tracing } from '../trace/tracing.ts';
import { insecureHostsOf } from './model.ts';

const TRACES = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';

/** Where spans go; undefined where no collector is named, or tracing is switched off. Only then anything of it is loaded. SETTINGS_INVALID. */
export async function openTracingOf(settings: Settings, serviceName: string): Promise<(Tracing & AsyncDisposable) | undefined> {
  const { env } = process;
  const url = env[TRACES] || below(settings.otlpEndpoint);
  if (url === undefined || env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || env['OTEL_TRACES_EXPORTER'] === 'none') return undefined;
  const problem = serverUrlProblem(url, insecureHostsOf(settings));
  if (problem !== undefined) throw coded('SETTINGS_INVALID', { problems: [`${env[TRACES] ? TRACES : '--otlp-endpoint'}: ${problem}`] });
  const [{ openOtlpTracing }, { openLog }] = await Promise.all([import('../trace/otlp/open-otlp-tracing.ts'), import('../log/open-log.ts')]);
  const log = openLog(serviceName, VERSION);
  return openOtlpTracing({
    url,
    serviceName,
    version: VERSION,
    env,
    warn: (text) => log.warn({}, text),
    onLost: (error) => log.warn({ reason: reasonOf(error ?? 'it does not say why') }, 'traces cannot be sent, and are dropped'),
  });
}

/** The collector takes traces below its address (https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp). */
function below(endpoint: string | undefined): string | undefined {
  return endpoint === undefined ? undefined : `${endpoint.replace(/\/$/, '')}/v1/traces`;
}
