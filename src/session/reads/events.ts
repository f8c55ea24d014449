import { eventCount, eventTime, isAbout, type KubeEvent } from '../../domain/kubernetes/event.ts';
import { objectRef, refLabel } from '../../domain/object-ref.ts';
import { clock } from '../../report/clock.ts';
import { printableLine } from '../../report/printable.ts';
import { answer, type Draw, type Said } from '../said.ts';
import { type Means, namespaceOf } from '../situation.ts';
import { meantObject } from './meant-object.ts';
import { namespaceNames, type Reads } from './names.ts';
import { unread } from './unread.ts';

const SHOWN = 15;

/** What Kubernetes tells of an object and its pods, or of the namespace; the latest last. */
export async function* events(name: string | undefined, means: Means, signal: AbortSignal): AsyncGenerator<Said> {
  yield { type: 'doing', text: 'reading events' };
  yield answer(await means.client.read((reads) => read(reads, name, means, signal), signal));
}

async function read(reads: Reads, name: string | undefined, means: Means, signal: AbortSignal): Promise<Draw> {
  const isNamespace = name !== undefined && (await namespaceNames(reads, signal))?.includes(name) === true;
  const ref = name === undefined || isNamespace ? undefined : await meantObject(reads, name, means, signal);
  const namespace = isNamespace ? name : (ref?.namespace ?? (ref === undefined ? namespaceOf(means.situation) : 'default'));
  const lookup = await reads.list<KubeEvent>('Event', namespace === undefined ? {} : { namespace }, signal);
  const where = namespace === undefined ? 'all namespaces' : namespace;
  if (lookup.status !== 'found') return unread(`events in ${where}`, lookup);
  const about = lookup.value.items.filter((event) => ref === undefined || isAbout(event, ref.name));
  return drawEvents(ref === undefined ? `Events in ${where}` : `Events of ${refLabel(ref)}`, about);
}

/** Times of day under their date; repeated ones once, with their number. */
export function drawEvents(title: string, events: readonly KubeEvent[], shown = SHOWN): Draw {
  const sorted = [...events].sort((a, b) => (eventTime(a) ?? '').localeCompare(eventTime(b) ?? ''));
  const last = sorted.slice(-shown);
  return (page) => {
    page.hang({ text: title, role: 'object' });
    if (last.length === 0) page.hang({ indent: 2, text: 'None. Kubernetes keeps events for an hour, unless told otherwise.', role: 'quiet' });
    if (sorted.length > last.length) page.hang({ indent: 2, text: `${sorted.length - last.length} earlier ones not shown`, role: 'quiet' });
    for (const [day, ofDay] of Map.groupBy(last, (event) => clock(eventTime(event) ?? '').slice(0, 10))) {
      page.hang({ indent: 2, text: day, role: 'quiet' });
      for (const event of ofDay) {
        const { type, reason = '', message = '', involvedObject: of } = event;
        const times = eventCount(event) > 1 ? ` (${eventCount(event)} times)` : '';
        page.hang({
          indent: 2,
          label: clock(eventTime(event) ?? '').slice(11, 19),
          text: printableLine(`${reason}${times}, ${refLabel(objectRef(of?.kind ?? '', undefined, of?.name ?? ''))}: ${message}`),
          maxLines: 3,
          ...(type === 'Warning' ? { role: 'warning' as const } : {}),
        });
      }
    }
  };
}
