import { STYLES } from '../../report/html/styles.ts';

/** What pages have beyond a report: a head, forms, and the list. */
export const PAGE_STYLE = `${STYLES}
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; max-width: 60rem; margin: 0 auto; padding: .75rem 1rem; border-bottom: 1px solid var(--line); }
.home { font-weight: 700; margin-right: auto; text-decoration: none; color: var(--ink); }
#said { max-width: 60rem; margin: 0 auto; padding: 0 1rem; color: var(--bad); }
.card { display: grid; gap: .35rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 1rem 0; max-width: 40rem; }
.card p { margin: .25rem 0 0; }
.card button { justify-self: start; margin-top: .5rem; }
input, textarea { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: .375rem; padding: .4rem .6rem; width: 100%; }
button { font: inherit; color: var(--paper); background: var(--accent); border: 1px solid var(--accent); border-radius: .375rem; padding: .35rem .9rem; cursor: pointer; }
header button { color: var(--ink); background: none; border-color: var(--line); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.actions { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; margin-top: 2rem; }
@media (max-width: 40rem) { .incidents, .incidents tbody, .incidents tr, .incidents td { display: block; } .incidents thead { display: none; } .incidents td { border: 0; padding: 0; } .incidents tr { border-bottom: 1px solid var(--line); padding: .5rem 0; } }
`;
