import type { Gap } from '../domain/gap.ts';

const MAX_NAMED = 6;
const MAX_LOGS = 2;

/** Gaps that differ only in the kind are told together: "pods, services in shop: forbidden. Needs: list pods in shop, and the like". */
export function gapTexts(gaps: readonly Gap[], verbose = false): string[] {
  return [...Map.groupBy(gaps, groupOf).values()].map((group) => groupText(group, verbose));
}

const LIST = /^([a-z]+)( in \S+)?$/;
const LOG = /^log of (\S+ \S+)$/;
/** Each log has an address and a file of its own, of which the reason speaks. */
const PLACE = /"https?:[^"]*"|\S+\/\S+/g;

function groupOf({ what, why, detail = '' }: Gap): string {
  if (LOG.test(what)) return `${why} logs ${detail.replace(PLACE, '')}`;
  const list = LIST.exec(what);
  return `${why} ${detail} ${list === null ? what : `lists${list[2] ?? ''}`}`;
}

function groupText(group: readonly Gap[], verbose: boolean): string {
  const [first] = group;
  if (first === undefined) return '';
  const { why, needs, detail } = first;
  const reason = `${why.replaceAll('-', ' ')}${detail === undefined ? '' : ` (${detail})`}`;
  const more =
    group.length === 1
      ? ''
      : verbose
        ? group
            .slice(1)
            .map((gap) => `, ${gap.needs}`)
            .join('')
        : ', and the like';
  return `${named(group, verbose)}: ${reason}. Needs: ${needs}${more}`;
}

function named(group: readonly Gap[], verbose: boolean): string {
  const logs = group.flatMap(({ what }) => LOG.exec(what)?.[1] ?? []);
  if (logs.length > 1)
    return `${logs.length} logs (${verbose ? logs.join(', ') : `${logs.slice(0, MAX_LOGS).join(', ')}${logs.length > MAX_LOGS ? ', …' : ''}`})`;
  const kinds = group.map(({ what }) => LIST.exec(what)?.[1] ?? what);
  const shown = verbose ? kinds : kinds.slice(0, MAX_NAMED);
  const rest = kinds.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more kinds` : ''}${LIST.exec(group[0]?.what ?? '')?.[2] ?? ''}`;
}
