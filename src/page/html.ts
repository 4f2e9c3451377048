import { createHash } from 'crypto';
import type { Drawing, DrawnEdge, DrawnFinding, Statement } from './drawing';
import { INTERNET_OUT } from './ends';
import { escape, jsonInHtml } from './escape';
import { foldCrowd } from './fold-crowd';
import { PAGE_SCRIPT } from './page-script';
import { PAGE_STYLE } from './page-style';
import { COLOURS, DRAWING_STYLE } from './style';
import { svgOf } from './svg';

/** Beyond so many columns a matrix cannot be read; a list can. */
const WIDEST_MATRIX = 12;
/** Beyond so many rows the list is shown in parts: a browser needs a second for each ten thousand. */
const LONGEST_LIST = 500;

/** The drawing as one page that asks nobody for anything: its policy lets it run its own style and script alone, and load nothing. */
export function writeHtml(whole: Drawing): string {
  const drawing = foldCrowd(whole);
  const style = [COLOURS, DRAWING_STYLE, PAGE_STYLE].join('\n');
  const { nodes, findings } = drawing;
  const { edges, statements } = shared(drawing.edges);
  const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(PAGE_SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  const data = jsonInHtml({ nodes, edges, statements, findings, list: longList(whole), internetOut: INTERNET_OUT });
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escape(drawing.title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#matrix">To the table of connections</a>',
    `<header><h1>${escape(drawing.title)}</h1>`,
    ...toolbar(drawing),
    '<p id="status" role="status" class="quiet"></p></header>',
    '<main><div class="work"><div class="canvas" tabindex="0" role="region" aria-label="Drawing">',
    svgOf(drawing, true),
    '</div><aside id="details" aria-label="Details" aria-live="polite" tabindex="0"><h2>Details</h2>'
      + '<p>Choose a thing or a line of the drawing: what reaches it, what it reaches, by which rules.</p></aside></div>',
    ...findingList(findings),
    ...matrix(whole),
    ...zoneTable(whole),
    ...restOf(drawing),
    '</main>',
    `<script type="application/json" id="data">${data}</script>`,
    `<script>${PAGE_SCRIPT}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** What many lines are open by is on the page once. */
function shared(edges: readonly DrawnEdge[]): { readonly edges: readonly object[]; readonly statements: readonly Statement[] } {
  const statements: Statement[] = [];
  const positions = new Map<string, number>();
  const seen = new Map<Statement, number>();
  const positionOf = (one: Statement) => {
    const before = seen.get(one);
    if (before !== undefined) return before;
    const key = `${one.path}\n${one.text}\n${one.at}`;
    const position = positions.get(key) ?? statements.push(one) - 1;
    positions.set(key, position);
    seen.set(one, position);
    return position;
  };
  return { edges: edges.map(({ why, rules, ...rest }) => ({ ...rest, why: why.map(positionOf), rules: rules.map(positionOf) })), statements };
}

function toolbar({ zones }: Drawing): string[] {
  const choice = (value: string, label: string, checked: boolean) => (
    `<label><input type="radio" name="zone" value="${escape(value)}"${checked ? ' checked' : ''}> ${escape(label)}</label>`
  );
  return [
    '<div class="tools">',
    '<label>Search <input type="search" id="search"></label>',
    ...(zones.length === 0 ? [] : [
      `<fieldset><legend>Switch off</legend>${choice('', 'no zone', true)}${zones.map((zone) => choice(zone, zone, false)).join('')}</fieldset>`,
    ]),
    '<label><input type="checkbox" id="reachable"> only what the internet reaches</label>',
    '<label><input type="checkbox" id="leaving"> ways out as lines</label>',
    '<label>Colours <select id="theme"><option value="">as the system</option><option value="light">light</option>'
      + '<option value="dark">dark</option></select></label>',
    '<span><button type="button" id="smaller" aria-label="Smaller">−</button> <button type="button" id="larger" aria-label="Larger">+</button>'
      + ' <button type="button" id="fit">Fit</button></span>',
    '</div>',
  ];
}

function findingList(findings: readonly DrawnFinding[]): string[] {
  const items = findings.map(({ severity, rule, path, text, fix, node }, index) => {
    const where = node === undefined ? `<strong>${escape(path || 'the app')}</strong>`
      : `<button type="button" class="link" data-finding="${index}">${escape(path)}</button>`;
    return `<li><span class="${escape(severity)}">${escape(severity)}</span> ${escape(rule)} at ${where}: ${escape(text)} ${escape(fix)}</li>`;
  });
  return ['<section><h2>Findings</h2>', items.length === 0 ? '<p>None.</p>' : `<ul>${items.join('\n')}</ul>`, '</section>'];
}

/** A connection as the table tells it. */
interface Row {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

function rowsOf({ nodes, edges }: Drawing): Row[] {
  const name = new Map(nodes.map((node) => [node.id, node.name]));
  return edges.filter(({ kind }) => kind !== 'reference').map(({ from, to, label, kind }) => (
    { from: name.get(from) ?? from, to: name.get(to) ?? to, label: kind === 'opened' || kind === 'closed' ? `${label} (${kind})` : label }
  ));
}

/** A list too long for a table of its own as numbers of its texts, each of which is there once; the page shows it in parts. */
function longList(drawing: Drawing): { readonly texts: readonly string[]; readonly rows: ReadonlyArray<readonly number[]> } | undefined {
  const open = rowsOf(drawing);
  if (open.length <= LONGEST_LIST) return undefined;
  const texts = [...new Set(open.flatMap(({ from, to, label }) => [from, to, label]))];
  const number = new Map(texts.map((text, index) => [text, index]));
  return { texts, rows: open.map((row) => [row.from, row.to, row.label].map((text) => number.get(text)!)) };
}

const CAPTION = '<caption>TCP ports that are open, from the source on the left. A question mark stands where something is not decided.</caption>';
const LIST_HEAD = '<tr><th scope="col">from</th><th scope="col">to</th><th scope="col">ports</th></tr>';

/** Who cannot see the drawing reads the same here. */
function matrix(drawing: Drawing): string[] {
  const open = rowsOf(drawing);
  const table = (content: string) => (
    `<div class="tables" tabindex="0" role="region" aria-label="What reaches what"><table>${CAPTION}${content}</table></div>`
  );
  const content = open.length === 0 ? ['<p>Nothing is open.</p>'] : open.length > LONGEST_LIST ? [
    '<p><label>Only rows with <input type="search" id="list-search"></label> <button type="button" id="list-back">Back</button>',
    '<button type="button" id="list-on">On</button> <span id="list-status" role="status" class="quiet"></span></p>',
    table(`<thead>${LIST_HEAD}</thead><tbody id="list"></tbody>`),
  ] : [table(rowsOfTable(open).join('\n'))];
  return ['<section id="matrix" tabindex="-1"><h2>What reaches what</h2>', ...content, '</section>'];
}

function rowsOfTable(open: readonly Row[]): string[] {
  const [sources, targets] = [[...new Set(open.map(({ from }) => from))], [...new Set(open.map(({ to }) => to))]];
  if (targets.length > WIDEST_MATRIX) {
    return [LIST_HEAD, ...open.map(({ from, to, label }) => `<tr><td>${escape(from)}</td><td>${escape(to)}</td><td>${escape(label)}</td></tr>`)];
  }
  const cells = new Map<string, string[]>();
  open.forEach(({ from, to, label }) => cells.set(`${from}\n${to}`, [...cells.get(`${from}\n${to}`) ?? [], label]));
  const cell = (from: string, to: string) => (cells.get(`${from}\n${to}`) ?? []).join(', ');
  return [
    `<tr><th scope="col">from \\ to</th>${targets.map((to) => `<th scope="col">${escape(to)}</th>`).join('')}</tr>`,
    ...sources.map((from) => `<tr><th scope="row">${escape(from)}</th>${targets.map((to) => `<td>${escape(cell(from, to))}</td>`).join('')}</tr>`),
  ];
}

function zoneTable({ nodes, zones }: Drawing): string[] {
  const lost = nodes.filter(({ losses }) => losses.length > 0);
  if (lost.length === 0) return [];
  const rows = lost.map(({ name, kind, losses }) => {
    const cells = zones.map((zone) => losses.find((loss) => loss.zone === zone)).map((loss) => (
      loss === undefined ? '<td>not known</td>' : `<td><strong>${escape(loss.outcome)}</strong>: ${escape(loss.why)}</td>`
    ));
    return `<tr><th scope="row">${escape(name)} (${escape(kind)})</th>${cells.join('')}</tr>`;
  });
  return [
    '<section><h2>The loss of a zone</h2><div class="tables" tabindex="0" role="region" aria-label="The loss of a zone"><table>',
    '<caption>With tasks and instances at their minimum.</caption>',
    `<tr><th scope="col">what</th>${zones.map((zone) => `<th scope="col">without ${escape(zone)}</th>`).join('')}</tr>`,
    ...rows,
    '</table></div></section>',
  ];
}

function restOf({ undecided, folded, summary }: Drawing): string[] {
  const list = (items: readonly string[]) => `<ul>${items.map((item) => `<li>${escape(item)}</li>`).join('\n')}</ul>`;
  return [
    ...(undecided.length === 0 ? [] : [
      '<section><h2>Not decided by the templates</h2>', list(undecided.map(({ path, text }) => `${path}: ${text}`)), '</section>',
    ]),
    ...(folded.length === 0 ? [] : [
      '<section><details><summary>Also in the app, as parts of what is drawn</summary>',
      list(folded.map(([type, amount]) => `${type}: ${amount}`)),
      '</details></section>',
    ]),
    ...(summary === '' ? [] : [`<section><p class="quiet">${escape(summary)}</p></section>`]),
  ];
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
