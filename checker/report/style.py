"""The page's style: both colour schemes, narrow screens, print; no font or file from anywhere."""

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #ffffff; --panel: #f3f5f7; --edge: #c9d1d9;
  --good: #116329; --bad: #a40e26; --open: #7a4d00; --graph: #0550ae; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #a3adb8; --paper: #0d1117; --panel: #161b22; --edge: #3d444d;
    --good: #56d364; --bad: #ff8e86; --open: #e3b341; --graph: #79c0ff; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; padding: 1rem; max-width: 52rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink);
  background: var(--paper); overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; padding-left: .75rem; border-left: .4rem solid; }
h1.certified { color: var(--good); } h1.refuted { color: var(--bad); } h1.unknown { color: var(--open); }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--edge); }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
p { margin: .5rem 0; }
code, .number { font-family: ui-monospace, monospace; font-size: .875em; }
dl { margin: 0; display: grid; grid-template-columns: 11rem 1fr; }
dt, dd { margin: 0; padding: .3rem 0; border-bottom: 1px solid var(--edge); } 
dt { color: var(--soft); padding-right: 1rem; }
article { background: var(--panel); border: 1px solid var(--edge); border-radius: .4rem;
  padding: .5rem .75rem; margin: .5rem 0; }
article h3 { margin-top: 0; } article dt, article dd { border: 0; padding: .1rem 0; }
ul { padding-left: 1.25rem; } li { font-family: ui-monospace, monospace; font-size: .875em; margin: .25rem 0; }
figure { margin: 1rem 0; } figcaption, .soft { color: var(--soft); font-size: .875rem; }
.ends { display: flex; justify-content: space-between; gap: 1rem; color: var(--soft); font-size: .875rem; }
.key { display: inline-flex; align-items: center; gap: .4rem; margin-right: 1rem; }
svg { display: block; max-width: 100%; height: auto; } figure .graphs { width: 100%; } .key svg { flex: none; }
svg path, svg circle, svg rect { vector-effect: non-scaling-stroke; }
.frame { fill: var(--panel); stroke: var(--edge); } .zero { fill: none; stroke: var(--edge); }
.breakpoint { fill: none; stroke: var(--soft); stroke-dasharray: 3 3; }
.graph { fill: none; stroke: var(--graph); stroke-width: 2; }
.knot { fill: var(--panel); stroke: var(--graph); } .right { fill: var(--ink); }
.wrong { fill: none; stroke: var(--bad); stroke-width: 3; }
.off { fill: var(--panel); stroke: var(--edge); } .gap { fill: var(--edge); } .on { fill: var(--graph); }
.heat1 { fill: var(--graph); fill-opacity: .14; } .heat2 { fill: var(--graph); fill-opacity: .24; }
.heat3 { fill: var(--graph); fill-opacity: .33; } .heat4 { fill: var(--graph); fill-opacity: .46; }
.heat5 { fill: var(--graph); fill-opacity: .6; } .heat6 { fill: var(--graph); fill-opacity: .73; }
.heat7 { fill: var(--graph); fill-opacity: .86; } .heat8 { fill: var(--graph); }
@media (max-width: 34rem) { body { padding: .75rem; } dl { grid-template-columns: 1fr; }
  dt { border: 0; padding-bottom: 0; }
  dd { padding-top: 0; } h1 { font-size: 1.25rem; } }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } h2, h3 { break-after: avoid; }
  figure, article, li { break-inside: avoid; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""
