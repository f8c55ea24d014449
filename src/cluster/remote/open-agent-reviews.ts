import { RESOURCE_TYPES } from '../../domain/kubernetes/resource-type.ts';
import { type AccessAnswer, accessAnswerSchema, clusterAnswerSchema } from '../../protocol/agent.ts';
import type { Reviewed, SelfReviews } from '../live/access-review.ts';
import { ApiClient } from '../live/http/api-client.ts';
import { type Permission, permissionLabel } from '../live/permission.ts';
import { parseJson } from '../parse-json.ts';
import { agentAccess } from './agent-access.ts';
import { AgentRefusal } from './agent-refusal.ts';
import type { AgentEntry } from './agents-file.ts';
import { ONCE_MORE } from './once-more.ts';

const OK = 200;
const OF_NAMESPACES = new Set(Object.values(RESOURCE_TYPES).flatMap(({ group, plural, namespaced }) => (namespaced ? [`${group}/${plural}`] : [])));

/** What the agent found that it may read, as an answer to what a caller would ask the API server itself. */
export async function openAgentReviews(agent: AgentEntry): Promise<SelfReviews> {
  const client = await ApiClient.open(await agentAccess(agent), { now: () => new Date(), random: Math.random, ...ONCE_MORE });
  const ask = async (path: string, signal: AbortSignal): Promise<unknown> => {
    const answer = await client.get({ path }, signal);
    if (answer.status !== OK) throw new AgentRefusal(answer);
    return parseJson(answer.body);
  };
  const accessOf = async (signal: AbortSignal): Promise<AccessAnswer> => accessAnswerSchema.parse(await ask('/api/v1/access', signal));
  let identity: string | undefined;
  return {
    review: async (needed, signal) => {
      const [access, cluster] = await Promise.all([accessOf(signal), ask('/api/v1/cluster', signal)]);
      identity = access.identity ?? undefined;
      return reviewed(needed, access, clusterAnswerSchema.parse(cluster).namespaces);
    },
    whoAmI: async () => {
      identity ??= (await accessOf(AbortSignal.timeout(15_000))).identity ?? undefined;
      return identity;
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}

/** The agent looked at all namespaces, or at those that it hands out. */
function reviewed(
  needed: readonly Permission[],
  { missing, undecided, checked_at: checkedAt, api }: AccessAnswer,
  namespaces: readonly string[] | null,
): Reviewed {
  const isAmong = (labels: readonly string[], permission: Permission): boolean => {
    const { namespace: _, ...everywhere } = permission;
    return [permission, everywhere].some((each) => labels.includes(permissionLabel(each)));
  };
  const isElsewhere = ({ group, resource, namespace }: Permission): boolean =>
    namespaces !== null && OF_NAMESPACES.has(`${group}/${resource}`) && (namespace === undefined || !namespaces.includes(namespace));
  const reason = api.reason ?? 'the agent has not found it out yet';
  return {
    missing: needed.filter((permission) => isElsewhere(permission) || isAmong(missing, permission)),
    undecided: needed
      .filter((permission) => !isElsewhere(permission) && (checkedAt === null || isAmong(undecided, permission)))
      .map((permission) => ({ permission, reason })),
  };
}
