import type { FactText } from '../domain/fact.ts';
import type { AddOnResource, Application, Phased } from '../domain/kubernetes/add-ons.ts';
import type { FactContext } from './context.ts';
import { type StatusWords, statusText } from './status-text.ts';

/** What those that deliver software say of it outside of conditions: Argo CD, Argo Rollouts, Flagger, the operator lifecycle manager. */
export function deliveryTexts(context: FactContext, object: AddOnResource): FactText[] {
  const said = object.kind === 'Application' ? ofApplication(object as Application) : ofPhase(object as Phased);
  return said.map((words) => statusText(context, object, words));
}

/** The last sync where it failed, and the complaints that Argo CD keeps as conditions without a status. */
function ofApplication({ status = {} }: Application): StatusWords[] {
  const { phase = '', message = '', finishedAt = null } = status.operationState ?? {};
  const failed = phase === 'Failed' || phase === 'Error';
  const complaints = (status.conditions ?? []).filter(({ type }) => /Error$/.test(type));
  return [
    ...(failed && message !== '' ? [{ reason: `Sync${phase}`, text: message, at: finishedAt, path: 'status.operationState.message' }] : []),
    ...complaints.map(({ type, message: text = type, lastTransitionTime: at = null }) => ({
      reason: type,
      text,
      at,
      path: `status.conditions[type=${type}].message`,
    })),
    ...(status.health?.message ? [{ reason: status.health.status ?? 'Health', text: status.health.message, at: null, path: 'status.health.message' }] : []),
  ];
}

function ofPhase({ status = {} }: Phased): StatusWords[] {
  const { phase = 'Unknown', message, reason = phase, lastTransitionTime: at = null } = status;
  return message ? [{ reason, text: message, at, path: 'status.message' }] : [];
}
