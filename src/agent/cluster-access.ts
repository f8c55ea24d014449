import type { Reviewed, SelfReviews } from '../cluster/live/access-review.ts';
import { type Permission, permissionLabel } from '../cluster/live/permission.ts';
import type { PagedReader } from '../cluster/paged-reader.ts';
import type { ApiService } from '../domain/kubernetes/policy.ts';
import { isKind, RESOURCE_TYPES } from '../domain/kubernetes/resource-type.ts';
import { asCoded, type CodedError } from '../errors/coded-error.ts';
import { neededPermissions } from '../evidence/collect/needed-permissions.ts';
import type { Log } from '../log/open-log.ts';
import type { AccessAnswer } from '../protocol/agent.ts';
import type { Allowed } from './allowed.ts';

const UNTIL_READY_MS = 5_000;
const ONCE_READY_MS = 60_000;
const CHECK_MS = 30_000;

export interface ClusterAccessOptions {
  /** Connects; throws coded errors. */
  readonly open: (signal: AbortSignal) => Promise<PagedReader>;
  readonly openReviews: () => Promise<SelfReviews>;
  readonly allowed: Allowed;
  readonly log: Log;
  readonly now: () => Date;
}

const UNSEEN: AccessAnswer = {
  ready: false,
  checked_at: null,
  api: { reachable: false, server_version: null, reason: 'it was not asked yet' },
  identity: null,
  needed: 0,
  missing: [],
  undecided: [],
};

/**
 * The way to the cluster, which may not be there when the agent starts: what may be read of it is looked at until that is known,
 * and from time to time after. Who has been ready stays so: a caller is to be told why a read fails, not to find nobody.
 */
export class ClusterAccess implements AsyncDisposable {
  readonly #options: ClusterAccessOptions;
  readonly #ended = new AbortController();
  #reader: Promise<PagedReader> | undefined;
  #seen: AccessAnswer = UNSEEN;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ClusterAccessOptions) {
    this.#options = options;
  }

  get seen(): AccessAnswer {
    return this.#seen;
  }

  /** Throws what keeps the cluster from being reached. */
  reader(): Promise<PagedReader> {
    this.#reader ??= this.#options.open(this.#ended.signal).catch((error: unknown) => {
      // The next one who asks tries again.
      this.#reader = undefined;
      throw error;
    });
    return this.#reader;
  }

  /** Looks now, and keeps looking until disposed of. */
  start(): void {
    this.#look().then(
      () => this.#later(),
      () => this.#later(),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    this.#ended.abort(new Error('the agent ends'));
    const reader = await this.#reader?.catch(() => undefined);
    await reader?.[Symbol.asyncDispose]();
  }

  #later(): void {
    if (this.#ended.signal.aborted) return;
    this.#timer = setTimeout(() => this.start(), this.#seen.ready ? ONCE_READY_MS : UNTIL_READY_MS);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const { log } = this.#options;
    const before = this.#seen;
    try {
      this.#seen = await this.#check(AbortSignal.any([this.#ended.signal, AbortSignal.timeout(CHECK_MS)]));
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      this.#seen = this.#without(asCoded(error));
    }
    if (before.ready !== this.#seen.ready || before.api.reachable !== this.#seen.api.reachable || before.missing.length !== this.#seen.missing.length)
      log.info({ ready: this.#seen.ready, api: this.#seen.api, missing: this.#seen.missing.length, needed: this.#seen.needed }, 'access');
  }

  #without(error: CodedError): AccessAnswer {
    const { now } = this.#options;
    return { ...this.#seen, checked_at: now().toISOString(), api: { ...this.#seen.api, reachable: false, reason: `${error.code}: ${error.message}` } };
  }

  async #check(signal: AbortSignal): Promise<AccessAnswer> {
    const { openReviews, allowed, now } = this.#options;
    const reader = await this.reader();
    await using reviews = await openReviews();
    const apis = await reader.list<ApiService>('APIService', {}, signal);
    const needed = permissionsOf(allowed, apis.status === 'found' ? apis.value.items : []);
    const reviewed = await reviews.review(needed, signal);
    const identity = (await reviews.whoAmI().catch(() => undefined)) ?? null;
    const reached = !nothingDecided(reviewed, needed);
    return {
      ready: this.#seen.ready || (reached && reviewed.missing.length < needed.length),
      checked_at: now().toISOString(),
      api: { reachable: reached, server_version: reader.target.server_version, reason: reached ? null : (reviewed.undecided[0]?.reason ?? null) },
      identity,
      needed: needed.length,
      missing: reviewed.missing.map(permissionLabel),
      undecided: reviewed.undecided.map(({ permission }) => permissionLabel(permission)),
    };
  }
}

function nothingDecided({ undecided }: Reviewed, needed: readonly Permission[]): boolean {
  return needed.length > 0 && undecided.length === needed.length;
}

const KIND_OF = new Map(Object.values(RESOURCE_TYPES).map(({ group, plural, kind }) => [`${group}/${plural}`, kind]));

/** What an investigation makes use of, as far as the agent hands it out. */
function permissionsOf({ kinds, namespaces }: Allowed, apis: readonly ApiService[]): Permission[] {
  const all = (namespaces ?? [undefined]).flatMap((namespace) => neededPermissions(namespace, apis).map(({ permission }) => permission));
  const seen = new Set<string>();
  return all.filter((permission) => {
    const kind = KIND_OF.get(`${permission.group}/${permission.resource}`) ?? '';
    const label = permissionLabel(permission);
    const elsewhere = permission.namespace !== undefined && namespaces !== null && !namespaces.includes(permission.namespace);
    if (seen.has(label) || elsewhere || !isKind(kind) || !kinds.has(kind)) return false;
    seen.add(label);
    return true;
  });
}
