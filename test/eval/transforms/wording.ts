import { type Dump, type DumpObject, mapObjects } from './dump.ts';

/** Events as series of events.k8s.io: neither `lastTimestamp` nor `count`. */
export function asEventSeries(dump: Dump): Dump {
  return mapObjects(dump, (object) => {
    if (object.kind !== 'Event') return [object];
    const { lastTimestamp, firstTimestamp, count, ...event } = object;
    const last = lastTimestamp ?? firstTimestamp ?? object.metadata?.['creationTimestamp'] ?? null;
    const series = typeof count === 'number' && count > 1 ? { series: { count, lastObservedTime: last } } : {};
    return [{ ...event, eventTime: firstTimestamp ?? last, reportingComponent: 'kubelet', ...series }];
  });
}

/** The scheduler of older versions: no word of preemption, taints listed with their values. */
export function olderScheduler(dump: Dump): Dump {
  return inEvents(dump, (message) =>
    message
      .replace(/ ?preemption: .*$/s, '')
      .replace(/no new claims to deallocate,? ?/g, '')
      .replace(/had untolerated taint \{([^:}]+): ?([^}]*)\}/g, "had taint {$1: $2}, that the pod didn't tolerate")
      .trim(),
  );
}

/** Docker behind the kubelet: its own words for pulls that fail. */
export function dockerPulls(dump: Dump): Dump {
  return inEvents(dump, (message) =>
    message
      .replace(
        /code = NotFound desc = failed to pull and unpack image "([^"]+)": failed to resolve reference "[^"]+": \S+: not found/g,
        'code = Unknown desc = Error response from daemon: manifest for $1 not found: manifest unknown: manifest unknown',
      )
      .replace(
        /failed to pull and unpack image "([^"]+)": failed to resolve reference "[^"]+": failed to do request: Head "(https:\/\/([^/"]+)[^"]*)": dial tcp: lookup (\S+)( on \S+)?: no such host/g,
        'Error response from daemon: Get "https://$3/v2/": dial tcp: lookup $4$5: no such host',
      )
      .replace(
        /failed to pull and unpack image "([^"]+)": failed to resolve reference "[^"]+": (?:pull access denied, repository does not exist or may require authorization: .*|failed to authorize: .*|unexpected status from HEAD request to \S+: 401 Unauthorized)/g,
        "Error response from daemon: pull access denied for $1, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
      ),
  );
}

/** CRI-O behind the kubelet. */
export function crioPulls(dump: Dump): Dump {
  return inEvents(dump, (message) =>
    message
      .replace(
        /code = NotFound desc = failed to pull and unpack image "([^"]+)": failed to resolve reference "[^"]+": \S+: not found/g,
        'code = Unknown desc = initializing source docker://$1: reading manifest v1 in $1: manifest unknown',
      )
      .replace(
        /failed to pull and unpack image "([^"]+)": failed to resolve reference "[^"]+": failed to do request: Head "https:\/\/([^/"]+)[^"]*": dial tcp: lookup (\S+)( on \S+)?: no such host/g,
        'initializing source docker://$1: pinging container registry $2: Get "https://$2/v2/": dial tcp: lookup $3$4: no such host',
      )
      .replace(
        /failed to pull and unpack image "([^"]+)": failed to resolve reference "[^"]+": (?:pull access denied, repository does not exist or may require authorization: .*|failed to authorize: .*|unexpected status from HEAD request to \S+: 401 Unauthorized)/g,
        'initializing source docker://$1: reading manifest latest in $1: unauthorized: authentication required',
      ),
  );
}

function inEvents(dump: Dump, rewrite: (message: string) => string): Dump {
  return mapObjects(dump, (object: DumpObject) => {
    const message = object['message'];
    return [object.kind === 'Event' && typeof message === 'string' ? { ...object, message: rewrite(message) } : object];
  });
}
