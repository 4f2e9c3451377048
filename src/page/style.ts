const LIGHT = [
  '--paper:#ffffff', '--ink:#1b1f24', '--quiet:#57606a', '--line:#d0d7de', '--panel:#f6f8fa',
  '--open:#0b57b5', '--doubt:#8a5a00', '--bad:#b3261e', '--good:#1a6b2f',
  '--warn:#8a5a00', '--clients:#eaeef2', '--edge:#f1e8fd', '--entry:#e2effd', '--services:#fff1de',
  '--data:#e0f3e6', '--out:#eaeef2', '--delivery:#fde8f1', '--mark:#fff3bf',
].join(';');
const DARK = [
  '--paper:#0d1117', '--ink:#e6edf3', '--quiet:#9ea7b3', '--line:#3d444d', '--panel:#161b22',
  '--open:#79b8ff', '--doubt:#e3b341', '--bad:#ff938a', '--good:#6fdd8b',
  '--warn:#e3b341', '--clients:#22272e', '--edge:#32264a', '--entry:#172f4d', '--services:#40301a',
  '--data:#173a25', '--out:#22272e', '--delivery:#45202f', '--mark:#4a4015',
].join(';');

/** Colours by name, light, dark, and as the reader chose on the page. */
export const COLOURS = [
  `:root{${LIGHT};color-scheme:light}`,
  `@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${DARK};color-scheme:dark}}`,
  `:root[data-theme=dark]{${DARK};color-scheme:dark}`,
  `@media print{:root,:root[data-theme=dark],:root:not([data-theme=light]){${LIGHT};color-scheme:light}}`,
].join('\n');

/** How the drawing looks, in a file of its own and on the page. */
export const DRAWING_STYLE = `
svg.drawing{background:var(--paper);font-family:system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.drawing text{fill:var(--ink);font-size:13px}
.drawing .kind,.drawing .lane,.drawing .frame text{fill:var(--quiet);font-size:11.5px}
.drawing .name{font-weight:600}
.node rect.body{stroke:var(--quiet);stroke-width:1}
.clients rect.body{fill:var(--clients)}.edge-lane rect.body{fill:var(--edge)}.entry rect.body{fill:var(--entry)}
.services rect.body{fill:var(--services)}.data rect.body{fill:var(--data)}.out rect.body{fill:var(--out)}.delivery rect.body{fill:var(--delivery)}
.frame rect{fill:none;stroke:var(--line);stroke-width:1.5}.frame.zone rect{stroke-dasharray:2 4}.frame.apart rect{stroke-dasharray:8 5}
.line{fill:none;stroke:var(--open);stroke-width:1.6}
.undecided .line{stroke:var(--doubt);stroke-dasharray:3 4}.reference .line{stroke:var(--quiet);stroke-dasharray:1.5 4;stroke-linecap:round}
.opened .line{stroke:var(--bad);stroke-width:3}.closed .line{stroke:var(--good);stroke-dasharray:8 5;stroke-width:2}
.drawing .label{font-size:11.5px;fill:var(--open);paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.drawing .undecided .label{fill:var(--doubt)}.drawing .reference .label{fill:var(--quiet)}
.drawing .opened .label{fill:var(--bad)}.drawing .closed .label{fill:var(--good)}
.drawing .wayout{fill:var(--quiet);font-size:11.5px}
.tip{fill:var(--open)}.undecided .tip{fill:var(--doubt)}.reference .tip{fill:var(--quiet)}.opened .tip{fill:var(--bad)}.closed .tip{fill:var(--good)}
`.trim();
