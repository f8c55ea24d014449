import type { ClaimDoc } from '../domain/facts/claim.ts';
import { matchesLabels } from '../domain/kubernetes/label-selector.ts';
import { parseQuantity } from '../domain/kubernetes/quantity.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../domain/kubernetes/storage.ts';

type Nearest = NonNullable<ClaimDoc['nearest']>;
type Difference = Nearest['differs'][number];

const UNUSABLE: readonly Difference[] = ['claimed', 'released', 'not-available'];

/**
 * Of the volumes that exist, the one that comes nearest to the claim, with every field in which it fails
 * (pkg/controller/volume/persistentvolume/index.go findMatchingVolume). A free volume that fails in one field is nearer
 * than one that fits but is taken.
 */
export function nearestVolume(claim: PersistentVolumeClaim, volumes: readonly PersistentVolume[]): Nearest | null {
  const wanted = claim.spec?.volumeName;
  const candidates = wanted ? volumes.filter(({ metadata }) => metadata.name === wanted) : volumes;
  const compared = candidates.map((volume) => ({ volume, found: differences(claim, volume) }));
  const nearest = compared.sort((a, b) => distance(a.found) - distance(b.found) || a.volume.metadata.name.localeCompare(b.volume.metadata.name))[0];
  if (nearest === undefined) return null;
  const { claimRef } = nearest.volume.spec ?? {};
  return {
    name: nearest.volume.metadata.name,
    differs: nearest.found.map(({ field }) => field),
    why: nearest.found.map(({ why }) => why).join('; '),
    claimed_by: claimRef?.name === undefined ? null : `${claimRef.namespace ?? ''}/${claimRef.name}`,
    phase: nearest.volume.status?.phase ?? null,
  };
}

interface Found {
  readonly field: Difference;
  readonly why: string;
}

function distance(found: readonly Found[]): number {
  return found.reduce((sum, { field }) => sum + (UNUSABLE.includes(field) ? 1.5 : 1), 0);
}

function differences(claim: PersistentVolumeClaim, volume: PersistentVolume): Found[] {
  const own = claim.spec ?? {};
  const its = volume.spec ?? {};
  const found: Found[] = [];
  const note = (field: Difference, differs: boolean, why: string): void => {
    if (differs) found.push({ field, why });
  };
  const asked = own.resources?.requests?.['storage'];
  const offered = its.capacity?.['storage'];
  const modes = (own.accessModes ?? []).filter((mode) => !(its.accessModes ?? []).includes(mode));
  note('capacity', (parseQuantity(offered) ?? 0) < (parseQuantity(asked) ?? 0), `it offers ${offered ?? 'no capacity'}, the claim asks for ${asked}`);
  note('access-mode', modes.length > 0, `it allows ${(its.accessModes ?? []).join(', ') || 'no access mode'}, the claim asks for ${modes.join(', ')}`);
  note(
    'class',
    className(own.storageClassName) !== className(its.storageClassName),
    `its class is ${quoted(its.storageClassName)}, the claim asks for ${quoted(own.storageClassName)}`,
  );
  note(
    'volume-mode',
    (own.volumeMode ?? 'Filesystem') !== (its.volumeMode ?? 'Filesystem'),
    `its mode is ${its.volumeMode ?? 'Filesystem'}, the claim asks for ${own.volumeMode}`,
  );
  note(
    'selector',
    own.selector !== undefined && !matchesLabels(own.selector, volume.metadata.labels),
    `its labels (${labelsText(volume)}) do not match the claim's selector ${selectorText(claim)}`,
  );
  const taken = availability(claim, volume);
  return taken === undefined ? found : [...found, taken];
}

function availability(claim: PersistentVolumeClaim, volume: PersistentVolume): Found | undefined {
  const { claimRef } = volume.spec ?? {};
  const phase = volume.status?.phase;
  const other = claimRef !== undefined && !(claimRef.name === claim.metadata.name && claimRef.namespace === claim.metadata.namespace);
  const stale = claimRef?.uid !== undefined && claim.metadata.uid !== undefined && claimRef.uid !== claim.metadata.uid;
  const owner = `${claimRef?.namespace ?? ''}/${claimRef?.name ?? ''}`;
  if (phase === 'Released') return { field: 'released', why: `it is Released and still reserved for the deleted claim ${owner}` };
  if (phase === 'Failed') return { field: 'not-available', why: `it is Failed: ${volume.status?.message ?? volume.status?.reason ?? 'no reason given'}` };
  if (other || (phase === 'Bound' && stale)) return { field: 'claimed', why: `it is ${phase === 'Bound' ? 'bound to' : 'reserved for'} ${owner}` };
  return undefined;
}

/** The selector as text: `disktype=ssd, zone in (a, b)`. */
export function selectorText(claim: PersistentVolumeClaim): string {
  const { matchLabels = {}, matchExpressions = [] } = claim.spec?.selector ?? {};
  const equal = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => `${key} ${operator}${values.length > 0 ? ` (${values.join(', ')})` : ''}`);
  return [...equal, ...expressions].join(', ');
}

function labelsText(volume: PersistentVolume): string {
  const labels = Object.entries(volume.metadata.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return labels.length === 0 ? 'none' : labels.slice(0, 5).join(', ');
}

function className(name: string | undefined): string {
  return name ?? '';
}

function quoted(name: string | undefined): string {
  return name ? `"${name}"` : 'empty';
}
