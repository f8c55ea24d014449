/** The page's own style: light and dark by the reader's setting, readable on a phone, and on paper without colours. */
export const STYLES = `
:root { color-scheme: light dark; --ink: #1b1f24; --quiet: #57606a; --paper: #fff; --card: #f6f8fa; --line: #d0d7de;
  --bad: #b3261e; --good: #116329; --warning: #7d4e00; --accent: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --quiet: #9da7b1; --paper: #0d1117; --card: #161b22; --line: #373e47;
  --bad: #ff8f87; --good: #56d364; --warning: #e3b341; --accent: #79c0ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main, footer { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .5rem 0; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
blockquote { margin: 0; padding-left: .75rem; border-left: .25rem solid var(--line); color: var(--quiet); }
code, pre { font: .875em/1.45 ui-monospace, monospace; }
pre { white-space: pre-wrap; background: var(--card); border: 1px solid var(--line); border-radius: .375rem; padding: .5rem .75rem; margin: .25rem 0; }
ul, ol { margin: .25rem 0; padding-left: 1.25rem; }
svg { max-width: 100%; height: auto; display: block; margin: .5rem 0; }
summary { cursor: pointer; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .2rem .75rem .2rem 0; border-bottom: 1px solid var(--line); }
td:first-child { white-space: nowrap; color: var(--quiet); font-variant-numeric: tabular-nums; }
@media (max-width: 40rem) { td:first-child { white-space: normal; min-width: 6rem; } }
a { color: var(--accent); }
.quiet, footer { color: var(--quiet); }
.badge { font-size: .875rem; font-weight: 600; border: 1px solid currentcolor; border-radius: 1rem; padding: 0 .6rem; white-space: nowrap; }
.high, .good { color: var(--good); } .medium { color: var(--warning); } .low { color: var(--quiet); } .bad { color: var(--bad); }
.box { fill: var(--card); stroke: var(--line); } .root { stroke: var(--bad); stroke-width: 2; }
.wire { fill: none; stroke: var(--quiet); } .label { fill: var(--ink); } .note { fill: var(--quiet); }
@media print { :root { color-scheme: light; } main, footer { max-width: none; } details { break-inside: avoid; } details::details-content { content-visibility: visible; block-size: auto; } }
`;
