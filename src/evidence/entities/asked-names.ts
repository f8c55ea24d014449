import { kindsOf } from './kind-words.ts';
import { isSymptom } from './symptoms.ts';

const WITHIN = /\b(?:in|inside|within)\s+["'`“‘]?([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)/gi;

/** Words that put a question or a request before its subject: "why does checkout crash", "please check whether cart is down". */
const LEAD =
  /^(?:why|how|when|please|pls|help|hi|hey|check|investigate|whether|if|does|do|did|is|are|was|were|has|have|can|could|my|our|then|now|and|so|also)$/i;
/** What is said of a subject begins so: "checkout is failing", "payments time out", "web slow". */
const SAYS =
  /^(?:is|isnt|are|arent|was|wasnt|were|has|have|had|keeps?|kept|does|doesnt|do|dont|did|didnt|can|cant|cannot|could|couldnt|will|wont|never|not|no|answers?|returns?|returned|gives?|throws?|gets?|goes|went|stays?|seems?|looks?|shows?|says?|reports?|loses?|lost|dies|died|hangs?|hung|stops?|stopped|times?|timed|runs?|refuses?|slow|stuck|broken)$/i;
/** Behind these the subject is not yet complete. */
const GOES_ON = /^(?:of|in|on|at|to|by|for|from|with|and|or)?$/i;
const PEOPLE =
  /^(?:visitors?|shoppers?|buyers?|sellers?|merchants?|guests?|employees|colleagues|developers?|engineers?|partners?|subscribers?|drivers?|tenants?)$/i;
/** Kinds that people put behind a name. An app, a backend, a node or a job has an adjective there as often: "the java app", "a worker node". */
const BEHIND_A_NAME =
  /^(?:deployments?|deploy|statefulsets?|sts|daemonsets?|ds|services?|svc|microservices?|pods?|cronjobs?|ingress(?:es)?|configmaps?|pvcs?|hpas?)$/i;
/** Behind a kind these make another word of it: "service mesh", "node pool". */
const COMPOUND =
  /^(?:accounts?|affinity|binding|budgets?|class(?:es)?|controllers?|discovery|exporters?|groups?|layers?|mesh|mounts?|networks?|networking|pipelines?|policy|policies|pools?|queues?|selectors?|servers?|specs?|templates?|traffic)$/i;
/** Where something runs without being a namespace: environments and regions of a cloud. */
const ENVIRONMENT = /^(?:(?:pre-?)?prod|(?:pre-?)?production|stage|staging|dev|development|test|testing|qa|uat|sandbox|demo|[a-z]+(?:-[a-z]+)+-?\d[a-z]?)$/i;

/** True where the two words tie a name to a kind beyond doubt: "deployment checkout", "the checkout service". */
export function isTied(kind: string, name: string, order: 'kind-first' | 'name-first'): boolean {
  return order === 'kind-first' ? !COMPOUND.test(name) : BEHIND_A_NAME.test(kind);
}

/** Of the words behind "in", those that can only mean a namespace or an object. */
export function placesIn(text: string): string[] {
  return [...text.matchAll(WITHIN)].flatMap(([, place]) => (place === undefined || ENVIRONMENT.test(place) ? [] : [place]));
}

/** The words that the sentences are about: "checkout is failing", "why does cart crash". With an article it may be prose: "the shop is down". */
export function subjectsOf(text: string, isName: (token: string) => boolean): string[] {
  return text.split(/[,;:!?\n]|\.(?=\s|$)|\b(?:but|because)\b/).flatMap((clause) => {
    const words = clause.trim().split(/\s+/);
    const start = words.findIndex((word) => !LEAD.test(word));
    const [subject = '', next = ''] = start < 0 ? [] : words.slice(start);
    const said = next.replaceAll(/['’]/g, '');
    const isSaid = SAYS.test(said) || isSymptom(said) || (start > 0 && !GOES_ON.test(next) && kindsOf(next) === undefined);
    return isSaid && /^[\w.-]+$/.test(subject) && isName(subject) && !PEOPLE.test(subject) ? [subject] : [];
  });
}
