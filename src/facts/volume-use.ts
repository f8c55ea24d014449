import type { ClaimDoc } from '../domain/facts/claim.ts';
import type { MetricSeries } from '../domain/telemetry.ts';
import type { FactContext } from './context.ts';

/** Samples that are older tell of the past. */
const FRESH_S = 900;

/** How full the volume of a claim is, by the kubelet's own measure; null where no metric tells. */
export function volumeUse({ inventory, now }: FactContext, namespace: string | undefined, name: string): ClaimDoc['used'] {
  const own = inventory.telemetry.series.filter(({ labels }) => labels['persistentvolumeclaim'] === name && labels['namespace'] === namespace);
  const latest = (metric: string): number | undefined =>
    newest(
      own.find((series) => series.name === metric),
      now,
    );
  const [available, capacity] = [latest('kubelet_volume_stats_available_bytes'), latest('kubelet_volume_stats_capacity_bytes')];
  const ratio = latest('volume_used_ratio') ?? (available === undefined || !capacity ? undefined : 1 - available / capacity);
  return ratio === undefined ? null : { ratio, text: `${(Math.floor(ratio * 1000) / 10).toFixed(1)} % of it is used` };
}

function newest(series: MetricSeries | undefined, now: number): number | undefined {
  const [at, value] = series?.samples.at(-1) ?? [];
  return at === undefined || now / 1000 - at > FRESH_S ? undefined : value;
}
