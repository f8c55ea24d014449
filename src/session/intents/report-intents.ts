import { type Intent, part } from './intent.ts';

const IT = '(?:it|this|that|they|these|the (?:incident|problem|issue|outage|failure|symptom)s?)';

/** Questions that the report answers by itself. */
export const REPORT_INTENTS: readonly Intent[] = [
  {
    pattern: new RegExp(`^(?:but )?(?:why|how come|explain|how so|why so)(?: (?:is|was|did|does|do|are) ${IT})?(?: (?:happen(?:ed|ing)?|failing|broken))?$`),
    ask: part('why'),
  },
  { pattern: new RegExp(`^(?:explain|tell me more about) ${IT}$|^tell me more$|^(?:go on|more|details)$`), ask: part('why') },
  { pattern: /^(?:why|what) (?:do|makes) you (?:think|say|believe)\b.*$|^how do you know\b.*$|^what(?:'s| is) the proof$|^prove it$/, ask: part('why') },
  {
    pattern: /^(?:how|why) (?:sure|certain|confident)\b.*$|^are you (?:sure|certain)\b.*$|^(?:why )?(?:so )?(?:low|medium|high)? ?confidence$/,
    ask: part('confidence'),
  },
  {
    pattern: /^(?:show )?(?:me )?(?:the )?(?:chain|path|tree)$|^how does (?:it|this|that) (?:spread|propagate)\b.*$|^how is .* (?:connected|related)$/,
    ask: part('chain'),
  },
  {
    pattern:
      /^(?:and )?(?:so )?(?:now )?what (?:now|next)$|^what (?:should|can|could|do|must|shall) (?:i|we|one)\b.*$|^(?:so )?how (?:do|can|should|could|would) (?:i|we|you|one) (?:fix|solve|repair|mend|resolve|remedy|mitigate)\b.*$|^(?:show )?(?:me )?(?:the )?(?:fix|remedy|remediation|solution|mitigation|next steps?)$|^(?:fix|help me fix) (?:it|this|that)$/,
    ask: part('remedy'),
  },
  {
    pattern:
      /^(?:who|what)(?: else)? (?:is|was|are|were)(?: also)? (?:affected|hurt|hit|impacted|broken by (?:it|this|that))\b.*$|^(?:show )?(?:me )?(?:the )?(?:affected|impact|blast radius|victims)$|^what(?:'s| is) the (?:impact|blast radius)$|^who suffers\b.*$/,
    ask: part('affected'),
  },
  {
    pattern:
      /^(?:show )?(?:me )?(?:the )?timeline$|^(?:since )?when\b(?: did)?(?: it| this| that| they)?(?: (?:start|begin|happen|break)\w*)?$|^what happened(?: when| first| and when)?$|^how long\b.*$|^in (?:what|which) order\b.*$/,
    ask: part('timeline'),
  },
  {
    pattern:
      /^what (?:did|have) you (?:rule|ruled|exclude|excluded|reject|rejected)\b.*$|^(?:show )?(?:me )?(?:what (?:is|was) )?ruled out$|^what(?: else)? (?:could|can|might) it(?: also)? be$/,
    ask: part('ruled-out'),
  },
  {
    pattern:
      /^what (?:could|can|did|couldn't|can't|didn't) (?:you|we)(?: not)? (?:see|read|look at)\b.*$|^(?:show )?(?:me )?(?:the )?(?:gaps|blind spots)$|^what(?:'s| is| was)(?: still)? (?:missing|not seen)\b.*$|^what (?:permissions?|access) (?:do|are|is) .*$/,
    ask: part('gaps'),
  },
  {
    pattern:
      /^(?:is there )?(?:anything|something|what) else(?: wrong| broken)?$|^(?:show )?(?:the )?other (?:causes|faults|problems)$|^(?:any|are there) other (?:causes|faults|problems)$/,
    ask: part('others'),
  },
  {
    pattern:
      /^(?:show )?(?:me )?(?:the )?(?:summary|answer|verdict|result|cause|root cause)(?: again)?$|^summari[sz]e\b.*$|^what(?:'s| is| was) (?:the )?(?:root )?cause$/,
    ask: part('brief'),
  },
  {
    pattern: /^(?:show |list |give )?(?:me )?(?:(?:the|all|your) )?evidence(?: (?:for|of) (?:it|this|that))?$/,
    ask: () => ({ ask: 'evidence', which: [] }),
  },
  {
    pattern:
      /^(?:show |give |explain |open )?(?:me )?(?:the )?(?:pieces? of )?(?:evidence|proof|ev)s?[ -]*(?:no\.? |number |#)?((?:(?:ev-?)?\d+[\s,]*(?:and )?)+)$|^((?:ev-\d+[\s,]*(?:and )?)+)$/,
    ask: ([first, second]) => ({ ask: 'evidence', which: [...(first ?? second ?? '').matchAll(/\d+/g)].map(([number]) => `ev-${number}`) }),
  },
  {
    pattern:
      /^(?:run|check|look|try|investigate|do)(?: (?:it|that|this|the same))?(?: again| once more)$|^(?:rerun|recheck|again|retry|refresh)$|^is (?:it|this|that) (?:fixed|gone|over|solved|resolved|better|ok|okay|healthy)(?: now)?$|^(?:is it |are we |does it )?still (?:broken|failing|there|the same|down)\b.*$|^did (?:it|that|this) (?:help|work|fix it)\b.*$/,
    ask: (_, report) => (report === undefined ? undefined : { ask: 'again' }),
  },
];
