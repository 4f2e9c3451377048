/** How the page around the drawing looks: beside it on a desk, below it on a phone, and without what cannot be clicked on paper. */
export const PAGE_STYLE = `
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
header{padding:12px 20px;border-bottom:1px solid var(--line)}
h1{font-size:20px;margin:0}h2{font-size:17px;margin:22px 0 8px}h3{font-size:15px;margin:14px 0 4px}
p{margin:4px 0}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--paper);padding:8px}
.tools{display:flex;flex-wrap:wrap;gap:10px 18px;align-items:end;margin-top:10px}
.tools label,.tools fieldset{font-size:14px}
fieldset{border:0;padding:0;margin:0;display:flex;flex-wrap:wrap;gap:4px 12px}legend{padding:0;float:left;margin-right:10px}
input[type=search],select,button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--quiet);border-radius:6px;padding:4px 8px}
button{cursor:pointer}
.work{display:grid;grid-template-columns:minmax(0,1fr) 380px;border-bottom:1px solid var(--line)}
.work.wide{grid-template-columns:1fr}.wide aside{border-left:0;border-top:1px solid var(--line);max-height:40vh}
.canvas{overflow:auto;max-height:78vh;min-height:320px}
.canvas svg{display:block}
aside{border-left:1px solid var(--line);background:var(--panel);padding:12px 16px;overflow:auto;max-height:78vh;overflow-wrap:anywhere}
aside h2{margin-top:0}
main section{padding:0 20px 12px}
.tables{overflow-x:auto}
table{border-collapse:collapse;font-size:14px}
th,td{border:1px solid var(--line);padding:4px 8px;text-align:left;vertical-align:top}
caption{text-align:left;padding:2px 0}th{background:var(--panel)}
ul{padding-left:20px;margin:4px 0}
.link{border:0;background:none;padding:0;color:var(--open);text-decoration:underline;text-align:left;font:inherit;overflow-wrap:anywhere}
.error{color:var(--bad);font-weight:600}.warning{color:var(--warn);font-weight:600}
.quiet{color:var(--quiet)}
.hit{fill:none;stroke:transparent;stroke-width:14}
.node,.edge{cursor:pointer}
.node:focus,.edge:focus{outline:none}
.node:focus-visible .body,.node.chosen .body{stroke:var(--open);stroke-width:3}
.edge:focus-visible .line,.edge.chosen .line,.edge.near .line{stroke-width:4}
.node.found .body{fill:var(--mark)}
.dim{opacity:.16}.gone{display:none}
.drawing .badge{font-size:11.5px;font-weight:700}
.node.stops .body{stroke:var(--bad);stroke-width:3;stroke-dasharray:5 4}.drawing .stops .badge{fill:var(--bad)}
.node.restarts .body,.node.degrades .body{stroke:var(--warn);stroke-width:3}.drawing .restarts .badge,.drawing .degrades .badge{fill:var(--warn)}
.drawing .survives .badge{fill:var(--good)}
@media (max-width:900px){.work{grid-template-columns:1fr}
aside{border-left:0;border-top:1px solid var(--line);max-height:none}.canvas{max-height:60vh}
th[scope=row]{max-width:45vw;min-width:7em;overflow-wrap:anywhere}td{min-width:9em}}
@media print{.tools,.skip,aside{display:none}.work{display:block}.canvas{overflow:visible;max-height:none}.canvas svg{width:100%;height:auto}}
`.trim();
