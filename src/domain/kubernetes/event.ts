import type { KubeObject } from './object.ts';

/** core/v1 Event. events.k8s.io/v1 fields (series, eventTime, regarding, note) appear beside the older ones. */
export interface KubeEvent extends KubeObject {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string } | null;
  readonly involvedObject?: {
    readonly kind?: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly uid?: string;
    readonly fieldPath?: string;
  };
  readonly source?: { readonly component?: string; readonly host?: string };
  readonly reportingComponent?: string;
}

/** When it last happened: series.lastObservedTime ?? lastTimestamp ?? eventTime ?? creationTimestamp. */
export function eventTime(event: KubeEvent): string | undefined {
  return event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp;
}

/** Whether it is about what has that name, or about what a controller made of it and named after it. */
export function isAbout({ involvedObject: about }: KubeEvent, name: string): boolean {
  return about?.name === name || about?.name?.startsWith(`${name}-`) === true;
}

export function eventFirstTime(event: KubeEvent): string | undefined {
  return event.firstTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? eventTime(event);
}

export function eventCount(event: KubeEvent): number {
  return event.series?.count ?? event.count ?? 1;
}

/** The container an event is about, from fieldPath `spec.containers{app}` or `spec.initContainers{init}`. */
export function eventContainer(event: KubeEvent): string | undefined {
  return /^spec\.(?:initC|c|ephemeralC)ontainers\{([^}]+)\}/.exec(event.involvedObject?.fieldPath ?? '')?.[1];
}
