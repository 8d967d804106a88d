/**
 * Style of the HTML report, in the page itself. Colours are told apart by lightness too, so that a black-and-white print
 * still shows them; on paper the page is always light.
 */
export const STYLE = `
:root {
  --text: #1b1f24; --muted: #57606a; --line: #d0d7de; --paper: #ffffff; --soft: #f6f8fa;
  --gap: #b4232c; --gap-text: #ffffff;
  --accepted: #e0a32e; --accepted-text: #1b1f24;
  --quiet: #9fd6ad; --quiet-text: #1b1f24;
  --stated: #2f6f4f; --stated-text: #ffffff;
  --unknown: #c4ccd6; --unknown-text: #1b1f24;
  --aside: #eceff3; --aside-text: #57606a;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --muted: #9aa5b1; --line: #30363d; --paper: #0d1117; --soft: #161b22;
    --gap: #e5534b; --gap-text: #0d1117;
    --accepted: #d4a72c; --accepted-text: #0d1117;
    --quiet: #57ab5a; --quiet-text: #0d1117;
    --stated: #8ddb8c; --stated-text: #0d1117;
    --unknown: #57606a; --unknown-text: #ffffff;
    --aside: #262c34; --aside-text: #9aa5b1;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.kind { margin: 0 0 .25rem; color: var(--muted); font-weight: 600; }
.facts { margin: .35rem 0 0; color: var(--muted); overflow-wrap: anywhere; }
small { display: block; font-size: .82em; font-weight: 400; color: var(--muted); }
code { font: .88em/1.4 ui-monospace, "SF Mono", Consolas, monospace; overflow-wrap: anywhere; }
.warning { border-left: 4px solid var(--gap); background: var(--soft); padding: .6rem .9rem; margin: 1rem 0 0; }
.numbers { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1rem; margin: 1.5rem 0 0; }
.numbers p { margin: 0; padding: .25rem 0 0 .8rem; border-left: 4px solid var(--line); }
.numbers p.gap { border-color: var(--gap); }
.numbers p.stated { border-color: var(--stated); }
.numbers p.unknown { border-color: var(--unknown); }
.numbers b { display: block; font-size: 1.9rem; line-height: 1.15; font-variant-numeric: tabular-nums; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 0 0 .5rem; font-size: .82em; color: var(--muted); }
.legend span { white-space: nowrap; }
i { display: inline-block; width: .75em; height: .75em; margin-right: .45em; border-radius: 2px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .4rem .75rem .4rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { border-top: 0; font-size: .82em; font-weight: 600; color: var(--muted); vertical-align: bottom; }
tbody th { font-weight: 500; }
.gaps { table-layout: fixed; }
.gaps thead th:first-child { width: 33%; }
.gaps thead th:nth-child(2) { width: 25%; }
.gaps td:nth-child(2) code { display: block; }
td ul { list-style: none; margin: 0; padding: 0; }
td ul.related { color: var(--muted); font-size: .88em; }
td ul.related::before { content: "Also speaks of it: "; }
td ul.related li { display: inline; }
td ul.related li:not(:last-child)::after { content: "; "; }
.overview { table-layout: fixed; }
.overview thead th:first-child { width: 16rem; }
.overview thead th:last-child { width: 13.5rem; }
.overview .share { font-variant-numeric: tabular-nums; }
.overview .share small:not(:last-child) { display: inline; }
.facts + .bar { margin: .6rem 0; }
.bar { display: flex; height: 1.35rem; border-radius: 3px; overflow: hidden; margin-top: .15rem; gap: 1px; }
.bar span { flex: 1 1 0; min-width: 1.5rem; text-align: center; font-size: .75rem; line-height: 1.35rem; font-variant-numeric: tabular-nums; }
.gap:is(i, span) { background: var(--gap); color: var(--gap-text); }
.accepted:is(i, span) { background: var(--accepted); color: var(--accepted-text); }
.quiet:is(i, span) { background: var(--quiet); color: var(--quiet-text); }
.stated:is(i, span) { background: var(--stated); color: var(--stated-text); }
.unknown:is(i, span) { background: var(--unknown); color: var(--unknown-text); }
.aside:is(i, span) { background: var(--aside); color: var(--aside-text); }
.severity { display: inline-block; min-width: 4.2em; padding: 0 .45em; border: 1px solid var(--line); border-radius: 3px; font-size: .82em; text-align: center; color: var(--muted); }
.severity.error { background: var(--gap); border-color: var(--gap); color: var(--gap-text); }
.severity.warning { background: var(--accepted); border-color: var(--accepted); color: var(--accepted-text); }
.bad { font-weight: 600; color: var(--gap); }
.top { margin: 0; padding-left: 1.4rem; }
.top li { margin: .25rem 0; }
.items td:nth-child(2) { width: 5rem; }
.items td.status { width: 13rem; }
.items td:last-child { width: 14rem; color: var(--muted); font-size: .88em; }
.items th small { display: inline; }
.status small { display: inline; margin-left: .4em; }
footer { margin-top: 2rem; padding-top: .25rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .82em; }
footer h2 { font-size: 1em; margin: .5rem 0 .25rem; }
footer ul { margin: 0; padding-left: 1.2rem; }
@media screen and (max-width: 46rem) {
  .numbers { grid-template-columns: repeat(2, 1fr); }
  .overview, .overview tbody, .overview tr, .overview th, .overview td { display: block; width: auto; }
  .overview thead { display: none; }
  .overview td { border-top: 0; padding-top: 0; }
  .overview .share::before { content: "Without an open finding, of those looked at: "; font-size: .82em; color: var(--muted); }
  .items td:last-child, .items thead th:last-child { display: none; }
  .items td.status { width: 9rem; }
}
@media print {
  @page { size: A4; margin: 14mm 15mm; }
  :root { color-scheme: light; }
  body { font-size: 9pt; line-height: 1.35; }
  /* The sections below give the full titles and numbers. */
  .overview th small, .overview .share > small:nth-of-type(2) { display: none; }
  .numbers, footer { margin-top: 3mm; }
  .top li { margin: .5mm 0; }
  main { max-width: none; padding: 0; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  h1 { font-size: 20pt; }
  h2 { margin: 3.5mm 0 1mm; break-after: avoid; }
  .numbers b { font-size: 18pt; }
  section:not(.first) { break-before: page; }
  .items:not(:first-of-type) { break-before: auto; }
  .overview thead th:first-child { width: 60mm; }
  .overview thead th:last-child { width: 36mm; }
  .overview th, .overview td { padding-top: .8mm; padding-bottom: .8mm; }
  tr, li { break-inside: avoid; }
  thead { display: table-header-group; }
}
`;
