import { kindsOf } from '../../evidence/entities/kind-words.ts';
import type { Intent } from './intent.ts';
import { sightsIn } from './sights.ts';

const NAME = '([a-z0-9][a-z0-9._/-]*[a-z0-9]|[a-z0-9])';
const THE = '(?:the |its |my |our )?';
/** "the checkout service": the word for the kind says nothing that the name does not. */
const KIND_AFTER = '(?: (?:service|deployment|pods?|app|application|workload|statefulset|daemonset|job|node|database))?';
/** Words that stand where a name would, and mean what was spoken of last. */
const PRONOUN = /^(?:it|this|that|them|its|the culprit|culprit)$/;

const nameOrLast = (name: string | undefined, last: string | undefined): string | undefined => (name === undefined || PRONOUN.test(name) ? last : name);

/** Questions that one or a few reads answer. */
export const READ_INTENTS: readonly Intent[] = [
  {
    pattern: new RegExp(
      `^(?:show |get |give |read |tail |print )?(?:me )?${THE}(?:last (\\d+) (?:lines of )?)?(previous )?${THE}logs?(?: (?:lines? )?(?:of|from|for|in) ${THE}(?:(?:pods?|container|deployment|service) )?${NAME}${KIND_AFTER})?(?:[ ,]+(?:container )?-?-?c(?:ontainer)?[ =]${NAME})?( before (?:it|the) (?:crash|restart)\\w*)?$`,
    ),
    ask: ([lines, previous, name, container, before], report) => {
      const of = nameOrLast(name, report?.root_causes[0]?.object.name);
      return of === undefined
        ? undefined
        : {
            ask: 'logs',
            name: of,
            ...(lines === undefined ? {} : { lines: Number(lines) }),
            ...(previous === undefined && before === undefined ? {} : { previous: true }),
            ...(container === undefined ? {} : { container }),
          };
    },
  },
  {
    pattern: new RegExp(`^(?:show |get |give )?(?:me )?(?:the )?${NAME}(?:'s)? logs$`),
    ask: ([name = ''], report) =>
      /^(?:its|previous|the|show|get|last)$/.test(name) ? undefined : { ask: 'logs', name: nameOrLast(name, report?.root_causes[0]?.object.name) ?? name },
  },
  {
    pattern: new RegExp(
      `^(?:show |get |list |give )?(?:me )?(?:the |all |recent |latest )?events?(?: (?:of|from|for|on|about|in) ${THE}(?:namespace )?${NAME}${KIND_AFTER})?$`,
    ),
    ask: ([name], report) => {
      const of = name !== undefined && PRONOUN.test(name) ? report?.root_causes[0]?.object.name : name;
      return { ask: 'events', ...(of === undefined ? {} : { name: of }) };
    },
  },
  {
    pattern: new RegExp(
      `^(?:describe|inspect|show|status of|show me|what is the (?:state|status) of|how is) ${THE}(?:([a-z]+) )?${NAME}${KIND_AFTER}(?: doing)?$`,
    ),
    ask: ([kind, name], report) => {
      const of = nameOrLast(name, report?.root_causes[0]?.object.name);
      if (of === undefined || /^(?:it|all|everything|me|report|full|more)$/.test(of)) return undefined;
      if (kind === undefined) return { ask: 'describe', name: of };
      // "the checkout service", and "service checkout".
      if (kindsOf(kind) === undefined) return kindsOf(of) === undefined ? undefined : { ask: 'describe', name: kind };
      return { ask: 'describe', name: `${kind}/${of}` };
    },
  },
  {
    pattern: new RegExp(
      `^(?:so )?what(?:'s| has| have| was| is)?(?: been)?(?: recently)? (?:changed|different|new|deployed|rolled out|changes)(?: (?:in|on|of|with|to|for) ${THE}${NAME}${KIND_AFTER})?(?: recently| lately| before (?:it|that|this)(?: \\w+)?| today| last)?$|^(?:show )?(?:me )?(?:the )?(?:recent |last |latest )?(?:changes?|deploy(?:ment)?s|rollouts|releases|revisions)(?: (?:in|on|of|to|for) ${THE}${NAME}${KIND_AFTER})?$|^(?:did|has) (?:anything|something|anyone|someone|somebody) (?:changed?|deploy\\w*)(?: (?:in|on) ${NAME})?(?: recently| lately)?$`,
    ),
    ask: (groups) => {
      const name = groups.find((group) => group !== undefined);
      return { ask: 'changes', ...(name === undefined || PRONOUN.test(name) ? {} : { name }) };
    },
  },
  {
    pattern: new RegExp(
      `^(?:what|who|which \\w+)(?: else)? (?:depends? on|needs?|uses?|calls?|talks? to|relies on|rely on|requires?) ${THE}${NAME}${KIND_AFTER}$|^(?:show )?(?:the )?dependents of ${THE}${NAME}${KIND_AFTER}$`,
    ),
    ask: ([first, second], report) => {
      const name = nameOrLast(first ?? second, report?.root_causes[0]?.object.name);
      return name === undefined ? undefined : { ask: 'graph', query: { ask: 'dependents', name } };
    },
  },
  {
    pattern: new RegExp(
      `^(?:what|who|which \\w+) (?:does|do) ${THE}${NAME}${KIND_AFTER} (?:depend on|need|use|call|talk to|rely on|require)$|^(?:show )?(?:the )?dependencies of ${THE}${NAME}${KIND_AFTER}$`,
    ),
    ask: ([first, second], report) => {
      const name = nameOrLast(first ?? second, report?.root_causes[0]?.object.name);
      return name === undefined ? undefined : { ask: 'graph', query: { ask: 'depends-on', name } };
    },
  },
  {
    pattern: new RegExp(`^(?:how does ${NAME} (?:reach|depend on|get to|talk to)|(?:show )?(?:the )?(?:path|way) from ${NAME} to) ${THE}${NAME}$`),
    ask: ([how, from, to = '']) => ({ ask: 'graph', query: { ask: 'path', name: how ?? from ?? '', to } }),
  },
  { pattern: /^(?:show )?(?:me )?(?:the )?(?:whole )?(?:dependency )?graph$|^what depends on what$/, ask: () => ({ ask: 'graph', query: { ask: 'show' } }) },
  {
    pattern:
      /^(?:and )?(?:what|how)(?: would (?:you|it|the answer) (?:say|be))?,? if (?:i|we|you) (?:had no|have no|lost|didn't have|did not have|couldn't|could not|can't|cannot|had not|weren't allowed to|may not|was not allowed to) ?(?:have )?(?:access to |permission (?:to|for) |see |read |to )*(.+)$|^(?:what if|suppose|assume|imagine) (?:there (?:were|are|was) no |without |no )(.+)$|^without (?:access to |the )?(.+)$|^what if (.+?) (?:were|are|was|is) (?:forbidden|missing|not (?:there|readable|collected))$/,
    ask: (groups) => {
      const without = sightsIn(groups.find((group) => group !== undefined) ?? '');
      return without.length === 0 ? undefined : { ask: 'suppose', without };
    },
  },
  {
    pattern:
      /^(?:so |and |but )?(?:is|was|could|can|might|may) (?:it|this|that)(?: be| not be)?(?: caused by| because of| due to| about| related to| maybe| perhaps)* (?:a |an |the )?(.+?)(?: (?:problem|issue|fault|failure|thing)s?)?$|^(?:is|was) (?:the )?(.+?) (?:the )?(?:culprit|cause|reason|to blame|at fault|guilty|involved)$|^(?:did|have) you (?:rule|ruled|check|checked|exclude|excluded|consider|considered) (?:out )?(?:the )?(.+)$|^(?:and )?what about (?:the )?(.+)$|^why not (?:the )?(.+)$/,
    ask: (groups, report) => {
      const suspect = groups.find((group) => group !== undefined);
      // Without a report it is the description of an incident: "is it the database?"
      return suspect === undefined || report === undefined ? undefined : { ask: 'is-it', suspect };
    },
  },
];
