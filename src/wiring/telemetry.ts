import type { Settings } from '../config/settings.ts';
import type { LiveTelemetry } from '../telemetry/telemetry-source.ts';
import { insecureHostsOf } from './model.ts';

/** The Prometheus and Alertmanager of the settings; undefined where none is named. */
export async function openTelemetryOf(settings: Settings): Promise<LiveTelemetry | undefined> {
  const { prometheus, alertmanager, prometheusTokenFile, alertmanagerTokenFile, telemetryCa } = settings;
  if (prometheus === undefined && alertmanager === undefined) return undefined;
  const { openTelemetry } = await import('../telemetry/live/open-telemetry.ts');
  return openTelemetry({ prometheus, alertmanager, prometheusTokenFile, alertmanagerTokenFile, caFile: telemetryCa, insecureHosts: insecureHostsOf(settings) });
}
