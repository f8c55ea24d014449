import { makerOf, writesOf } from '../../changes/object-writes.ts';
import { templateChangesOf } from '../../changes/template-changes.ts';
import { fieldLabel, valuesText } from '../../domain/change-text.ts';
import type { Inventory } from '../../domain/inventory.ts';
import { refOf } from '../../domain/kubernetes/object.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import type { Workload } from '../../domain/kubernetes/workload.ts';
import { type ObjectRef, refLabel } from '../../domain/object-ref.ts';
import { InventoryBuilder } from '../../evidence/inventory.ts';
import { changeSentence } from '../../report/change-sentence.ts';
import { clock } from '../../report/clock.ts';
import { gapTexts } from '../../report/gap-groups.ts';
import { printableLine, printableValue } from '../../report/printable.ts';
import { answer, type Draw, type Said } from '../said.ts';
import { type Means, namespaceOf } from '../situation.ts';
import type { Reads } from './names.ts';

/** Workloads first: their revisions tell most. */
const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'] as const satisfies readonly Kind[];
/** Written into every namespace by the control plane. */
const EVERYWHERE = 'kube-root-ca.crt';
const OTHERS = ['ConfigMap', 'Service', 'NetworkPolicy', 'Ingress', 'ResourceQuota', 'HorizontalPodAutoscaler'] as const satisfies readonly Kind[];
const REVISIONS = ['ReplicaSet', 'ControllerRevision'] as const satisfies readonly Kind[];
const SHOWN = 8;
const FIELDS = 4;

/** What was changed: what the report blames on a change, then what revisions and writes tell, the newest first. */
export async function* changes(name: string | undefined, means: Means, signal: AbortSignal): AsyncGenerator<Said> {
  const { report } = means.situation;
  const blamed = printableValue(report?.root_causes ?? []).filter(({ change, object }) => change !== null && (name === undefined || object.name === name));
  yield { type: 'doing', text: 'reading revisions and writes' };
  const namespace = namespaceOf(means.situation);
  const inventory = await means.client.read((reads) => readChanging(reads, namespace, signal), signal);
  const found = changesIn(inventory).filter(({ object }) => name === undefined || object.name === name);
  yield answer((page) => {
    for (const { title, change, object } of blamed)
      if (change !== null) page.hang({ label: page.glyphs.cause, labelRole: 'bad', text: `${title}, ${refLabel(object)}. ${changeSentence(change, object)}` });
    if (blamed.length === 0 && report !== undefined && report.root_causes.length > 0) page.hang({ text: 'No change is known to have brought it.' });
    drawChanges(found, name ?? namespace)(page);
    for (const text of gapTexts(inventory.gaps).slice(0, 3)) page.hang({ indent: 2, label: page.glyphs.open, labelRole: 'warning', text: printableLine(text) });
  });
}

async function readChanging(reads: Reads, namespace: string | undefined, signal: AbortSignal): Promise<Inventory> {
  const builder = new InventoryBuilder();
  const options = namespace === undefined ? {} : { namespace };
  await Promise.all(
    [...WORKLOADS, ...REVISIONS, ...OTHERS].map(async (kind) => builder.add(kind, namespace, await reads.list(kind, options, signal), { minor: true })),
  );
  return builder.build(reads.asOf);
}

interface Changed {
  readonly at: string;
  readonly object: ObjectRef;
  readonly text: string;
}

function changesIn(inventory: Inventory): Changed[] {
  const revised = WORKLOADS.flatMap((kind) => inventory.list<Workload>(kind)).flatMap((workload) =>
    [...templateChangesOf(inventory, workload)].flatMap(({ revision, at = revision.createdAt, fields }) =>
      at === undefined
        ? []
        : [
            {
              at,
              object: refOf(workload),
              text: `revision ${revision.number}: ${fieldsText(fields.map(({ field, from, to }) => `${fieldLabel(field)} ${valuesText({ from, to })}`))}`,
            },
          ],
    ),
  );
  const written = [...OTHERS, ...WORKLOADS]
    .flatMap((kind) => inventory.list(kind))
    .filter(({ metadata }) => metadata.name !== EVERYWHERE)
    .flatMap((object) => {
      const writes = writesOf(object).map(({ at, by, fields }) => ({
        at,
        object: refOf(object),
        text: `${by === null ? '' : `by ${by}: `}${fieldsText(fields.map(({ field, from, to }) => `${field} ${from === undefined ? `is now ${to ?? 'gone'}` : valuesText({ from, to })}`))}`,
      }));
      const made = object.metadata.creationTimestamp;
      return writes.length > 0 || made === undefined
        ? writes
        : [{ at: made, object: refOf(object), text: `created${makerOf(object) === null ? '' : ` by ${makerOf(object)}`}` }];
    });
  return [...revised, ...written].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function fieldsText(fields: readonly string[]): string {
  const rest = fields.length - FIELDS;
  return `${fields.slice(0, FIELDS).join('; ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function drawChanges(found: readonly Changed[], where: string | undefined): Draw {
  return (page) => {
    page.gap();
    page.hang({ text: `What was changed in ${where ?? 'all namespaces'}, the newest first`, role: 'title' });
    if (found.length === 0) page.hang({ indent: 2, text: 'Nothing that revisions or writes tell of.', role: 'quiet' });
    for (const { at, object, text } of found.slice(0, SHOWN))
      page.hang({ indent: 2, label: clock(at).slice(0, 16), text: printableLine(`${refLabel(object)}, ${text}`), maxLines: 4 });
    if (found.length > SHOWN) page.hang({ indent: 2, text: `and ${found.length - SHOWN} earlier ones`, role: 'quiet' });
  };
}
