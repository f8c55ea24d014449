import { reasonOf } from '../../net/reason-of.ts';
import { parseJson } from '../parse-json.ts';
import { decidedByRules, type GrantedRules, grantedRules } from './granted-rules.ts';
import { type ApiAnswer, exchange } from './http/exchange.ts';
import { Limiter } from './http/limiter.ts';
import { Refusal } from './http/refusal.ts';
import { AT_ONCE, openTransport, type Transport } from './http/transport.ts';
import type { Access } from './kubeconfig/access.ts';
import { callerOf } from './kubeconfig/caller-of.ts';
import { type AccessQuestion, findAccess } from './kubeconfig/find-access.ts';
import type { Permission } from './permission.ts';

const ACCESS_REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const RULES_REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';
/** Rules are told of a namespace; what is granted in the whole cluster stands among those of any. */
const ANY_NAMESPACE = 'default';
const CREATED = 201;
const TIMEOUT_MS = 15_000;
const MAX_BYTES = 2 ** 20;

/** What the API server said of a list of permissions. */
export interface Reviewed {
  readonly missing: readonly Permission[];
  /** Permissions that it gave no answer about, with why. */
  readonly undecided: readonly { readonly permission: Permission; readonly reason: string }[];
}

/** Asks the API server what the caller may do. */
export interface SelfReviews extends AsyncDisposable {
  review(needed: readonly Permission[], signal: AbortSignal): Promise<Reviewed>;
  /** The name by which the cluster knows the caller; undefined where the credentials do not say it. */
  whoAmI(): Promise<string | undefined>;
}

/** Apart from reading, this is all that is ever sent: SelfSubjectRulesReviews and SelfSubjectAccessReviews, which change nothing. */
export async function openSelfReviews(question: AccessQuestion): Promise<SelfReviews> {
  const access = await findAccess(question);
  return new LiveSelfReviews(access, await openTransport(access));
}

function placeOf({ namespace = ANY_NAMESPACE }: Permission): string {
  return namespace;
}

type Decision = 'allowed' | 'denied' | { readonly reason: string };

class LiveSelfReviews implements SelfReviews {
  readonly #access: Access;
  readonly #transport: Transport;
  readonly #limiter = new Limiter(AT_ONCE);

  constructor(access: Access, transport: Transport) {
    this.#access = access;
    this.#transport = transport;
  }

  async review(needed: readonly Permission[], signal: AbortSignal): Promise<Reviewed> {
    // Who may do everything is asked one question, and not forty.
    if ((await this.#decide({ verb: '*', group: '*', resource: '*' }, signal)) === 'allowed') return { missing: [], undecided: [] };
    const granted = await this.#rulesIn(new Set(needed.map(placeOf)), signal);
    const decided = await Promise.all(
      needed.map(async (permission) => decidedByRules(permission, granted.get(placeOf(permission))) ?? (await this.#decide({ ...permission }, signal))),
    );
    return {
      missing: needed.filter((_, index) => decided[index] === 'denied'),
      undecided: needed.flatMap((permission, index) => {
        const decision = decided[index];
        return typeof decision === 'object' ? [{ permission, reason: decision.reason }] : [];
      }),
    };
  }

  whoAmI(): Promise<string | undefined> {
    return callerOf(this.#access);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#transport.close();
  }

  /** One question for each namespace, where forty would be needed. Where it is not answered, those have to be asked. */
  async #rulesIn(namespaces: ReadonlySet<string>, signal: AbortSignal): Promise<ReadonlyMap<string, GrantedRules>> {
    const answers = await Promise.all([...namespaces].map(async (namespace) => [namespace, await this.#rulesOf(namespace, signal)] as const));
    return new Map(answers.flatMap(([namespace, granted]) => (granted === undefined ? [] : [[namespace, granted]])));
  }

  async #rulesOf(namespace: string, signal: AbortSignal): Promise<GrantedRules | undefined> {
    const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } };
    try {
      const answer = await this.#create(RULES_REVIEWS, review, signal);
      return answer.status === CREATED ? grantedRules((parseJson(answer.body) as { status?: unknown } | undefined)?.status) : undefined;
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  }

  async #decide(resourceAttributes: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Decision> {
    const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } };
    try {
      const answer = await this.#create(ACCESS_REVIEWS, review, signal);
      if (answer.status !== CREATED) return { reason: new Refusal(answer).reason };
      const { status } = (parseJson(answer.body) ?? {}) as { status?: { allowed?: unknown; evaluationError?: unknown } };
      if (status?.allowed === true) return 'allowed';
      if (status?.allowed === false && !status.evaluationError) return 'denied';
      return { reason: String(status?.evaluationError ?? 'the answer is not what an API server sends') };
    } catch (error) {
      signal.throwIfAborted();
      return { reason: reasonOf(error) };
    }
  }

  #create(path: string, body: object, signal: AbortSignal): Promise<ApiAnswer> {
    return this.#limiter.run(async () => {
      signal.throwIfAborted();
      const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const sent = { method: 'POST' as const, path, body, accept: 'application/json', maxBytes: MAX_BYTES, keepEnd: MAX_BYTES };
      return exchange({ access: this.#access, transport: this.#transport }, sent, limit);
    });
  }
}
