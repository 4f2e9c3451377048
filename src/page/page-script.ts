/** What the page does. Plain JavaScript of every browser of today; whatever it shows of the app, it shows as text. */
export const PAGE_SCRIPT = `
(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const nodes = all('.node');
  const edges = all('.edge');
  const nodeOf = new Map(nodes.map((element) => [data.nodes[element.dataset.node].id, element]));
  const details = document.getElementById('details');
  const search = document.getElementById('search');
  const reachable = document.getElementById('reachable');
  const leaving = document.getElementById('leaving');
  const status = document.getElementById('status');

  const make = (name, text, parent, className) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    if (parent) parent.append(element);
    return element;
  };
  const nameOf = (id) => (data.nodes.find((node) => node.id === id) || { name: id }).name;
  const link = (text, parent, action) => {
    const button = make('button', text, parent, 'link');
    button.type = 'button';
    button.addEventListener('click', action);
    return button;
  };

  const statements = (title, list) => {
    if (list.length === 0) return;
    make('h3', title, details);
    const items = make('ul', undefined, details);
    for (const { path, text, at } of list.map((position) => data.statements[position])) {
      const item = make('li', (path ? path + ' ' : '') + text, items);
      if (at) make('div', at, item, 'quiet');
    }
  };
  const linksTo = (title, list, end) => {
    if (list.length === 0) return;
    make('h3', title, details);
    const items = make('ul', undefined, details);
    for (const position of list) {
      const edge = data.edges[position];
      link(nameOf(edge[end]) + (edge.label ? ' on ' + edge.label : ''), make('li', undefined, items), () => showEdge(position));
    }
  };
  const clear = () => {
    details.replaceChildren();
    all('.chosen,.near').forEach((element) => element.classList.remove('chosen', 'near'));
  };
  const elementOfEdge = (position) => edges.find((element) => element.dataset.edge === String(position));

  function showEdge(position) {
    const edge = data.edges[position];
    clear();
    const element = elementOfEdge(position);
    if (element) {
      if (element.classList.contains('leaving') && !leaving.checked) { leaving.checked = true; redraw(); }
      element.classList.add('chosen');
    }
    make('h2', nameOf(edge.from) + ' to ' + nameOf(edge.to), details);
    const told = { open: 'Open', undecided: 'Open by the rules, but something on the way is not decided', reference: 'Leads there', opened: 'Opened by the change', closed: 'Closed by the change' };
    make('p', told[edge.kind] + (edge.label ? ': ' + (edge.kind === 'reference' ? '' : 'TCP ') + edge.label : ''), details);
    statements('Why', edge.why);
    statements('Every rule that opens it', edge.rules);
    const ends = make('p', undefined, details);
    link(nameOf(edge.from), ends, () => showNode(edge.from));
    ends.append(' and ');
    link(nameOf(edge.to), ends, () => showNode(edge.to));
  }

  function showNode(id) {
    const node = data.nodes.find((one) => one.id === id);
    clear();
    const element = nodeOf.get(id);
    if (element) element.classList.add('chosen');
    make('h2', node.name, details);
    const facts = [node.kind, node.replicas, node.vpc && 'in VPC ' + node.vpc, node.zones.length > 0 && 'in ' + node.zones.join(' and '),
      node.ports.length > 0 && 'answers on TCP ' + node.ports.join(', '), node.cost].filter(Boolean);
    make('p', facts.join('; '), details);
    if (node.at) make('p', node.at, details, 'quiet');
    const positions = data.edges.map((_edge, position) => position);
    const into = positions.filter((position) => data.edges[position].to === id);
    const out = positions.filter((position) => data.edges[position].from === id);
    for (const position of [...into, ...out]) elementOfEdge(position)?.classList.add('near');
    linksTo('What reaches it', into.filter((position) => data.edges[position].kind !== 'reference'), 'from');
    linksTo('What it reaches', out.filter((position) => data.edges[position].kind !== 'reference'), 'to');
    linksTo('Leads to it', into.filter((position) => data.edges[position].kind === 'reference'), 'from');
    linksTo('It leads to', out.filter((position) => data.edges[position].kind === 'reference'), 'to');
    if (node.members) {
      make('h3', 'It stands for', details);
      const items = make('ul', undefined, details);
      for (const member of node.members) make('li', member, items);
    }
    const found = data.findings.filter((finding) => finding.node === id);
    if (found.length > 0) make('h3', 'Findings', details);
    for (const finding of found) findingIn(make('p', undefined, details), finding);
    if (node.losses.length > 0) make('h3', 'When a zone is lost', details);
    const losses = make('ul', undefined, details);
    for (const { zone, outcome, why } of node.losses) make('li', 'without ' + zone + ' it ' + (outcome === 'unknown' ? 'is not known what happens' : outcome) + ': ' + why, losses);
  }

  const findingIn = (parent, { severity, rule, text, fix }) => {
    make('span', severity, parent, severity);
    parent.append(' ' + rule + ': ' + text + ' ' + fix);
  };

  const zone = () => (document.querySelector('input[name=zone]:checked') || { value: '' }).value;
  const fromInternet = () => {
    const seen = new Set(data.nodes.filter((node) => node.lane === 'clients').map((node) => node.id));
    const open = [...seen];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const edge of data.edges) {
        if (edge.from === id && edge.kind !== 'closed' && !seen.has(edge.to)) { seen.add(edge.to); open.push(edge.to); }
      }
    }
    return seen;
  };

  function redraw() {
    const lost = zone();
    const word = search.value.trim().toLowerCase();
    const kept = reachable.checked ? fromInternet() : undefined;
    const told = { stops: 0, restarts: 0, degrades: 0, survives: 0, unknown: 0 };
    let matches = 0;
    for (const [id, element] of nodeOf) {
      const node = data.nodes[element.dataset.node];
      const found = word !== '' && [node.name, node.kind, ...(node.members || [])].some((text) => text.toLowerCase().includes(word));
      matches += found ? 1 : 0;
      const loss = lost === '' ? undefined : node.losses.find((one) => one.zone === lost);
      if (loss) told[loss.outcome] += 1;
      element.classList.remove('stops', 'restarts', 'degrades', 'survives', 'unknown');
      if (loss) element.classList.add(loss.outcome);
      element.querySelector('.badge').textContent = loss ? loss.outcome : '';
      element.classList.toggle('found', found);
      element.classList.toggle('gone', id === data.internetOut && !leaving.checked);
      element.classList.toggle('dim', (word !== '' && !found) || (kept !== undefined && !kept.has(id)));
    }
    for (const element of edges) {
      const edge = data.edges[element.dataset.edge];
      const ends = [nodeOf.get(edge.from), nodeOf.get(edge.to)];
      const cut = ends.some((end) => end && end.classList.contains('stops'));
      element.classList.toggle('gone', element.classList.contains('leaving') && !leaving.checked);
      element.classList.toggle('dim', cut || (kept !== undefined && !(kept.has(edge.from) && kept.has(edge.to)))
        || (word !== '' && !ends.some((end) => end && end.classList.contains('found'))));
    }
    const parts = [];
    if (lost !== '') parts.push('Without ' + lost + ': ' + Object.entries(told).filter(([, amount]) => amount > 0).map(([outcome, amount]) => amount + ' ' + outcome).join(', ') + '.');
    if (word !== '') parts.push(matches + (matches === 1 ? ' thing has' : ' things have') + ' that in the name.');
    if (kept !== undefined) parts.push((kept.size - 1) + ' things are reached from outside, over others too.');
    status.textContent = parts.join(' ');
  }

  const choose = (element) => (element.dataset.node === undefined ? showEdge(Number(element.dataset.edge)) : showNode(data.nodes[element.dataset.node].id));
  for (const element of [...nodes, ...edges]) {
    element.addEventListener('click', () => choose(element));
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(element); }
    });
  }
  for (const input of [search, reachable, leaving, ...all('input[name=zone]')]) input.addEventListener('input', redraw);
  search.addEventListener('keydown', (event) => {
    const first = all('.node.found')[0];
    if (event.key === 'Enter' && first) { first.scrollIntoView({ block: 'center', inline: 'center' }); first.focus(); choose(first); }
  });
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') clear(); });
  for (const button of all('[data-finding]')) {
    button.addEventListener('click', () => {
      const element = nodeOf.get(data.findings[button.dataset.finding].node);
      showNode(data.findings[button.dataset.finding].node);
      element.scrollIntoView({ block: 'center', inline: 'center' });
      element.focus();
    });
  }
  if (data.list) {
    const part = 200;
    const wanted = document.getElementById('list-search');
    const [back, on] = [document.getElementById('list-back'), document.getElementById('list-on')];
    let first = 0;
    const show = () => {
      const word = wanted.value.trim().toLowerCase();
      const hit = data.list.texts.map((text) => text.toLowerCase().includes(word));
      const rows = data.list.rows.filter((row) => row.some((text) => hit[text]));
      first = Math.max(0, Math.min(first, Math.floor((rows.length - 1) / part) * part));
      const shown = rows.slice(first, first + part);
      document.getElementById('list').replaceChildren(...shown.map((row) => {
        const line = make('tr');
        for (const text of row) make('td', data.list.texts[text], line);
        return line;
      }));
      document.getElementById('list-status').textContent = rows.length === 0 ? 'No row has that.'
        : 'Rows ' + (first + 1) + ' to ' + (first + shown.length) + ' of ' + rows.length + '.';
      back.disabled = first === 0;
      on.disabled = first + part >= rows.length;
    };
    wanted.addEventListener('input', () => { first = 0; show(); });
    back.addEventListener('click', () => { first -= part; show(); });
    on.addEventListener('click', () => { first += part; show(); });
    show();
  }
  const svg = document.querySelector('.canvas svg');
  const work = document.querySelector('.work');
  const width = svg.viewBox.baseVal.width;
  let scale = 1;
  const zoom = (factor) => {
    scale = Math.min(3, Math.max(0.05, factor));
    svg.setAttribute('width', width * scale);
    svg.setAttribute('height', svg.viewBox.baseVal.height * scale);
  };
  document.getElementById('larger').addEventListener('click', () => zoom(scale * 1.25));
  document.getElementById('smaller').addEventListener('click', () => zoom(scale / 1.25));
  const fitWidth = () => zoom(Math.min(1, (document.querySelector('.canvas').clientWidth - 4) / width));
  document.getElementById('fit').addEventListener('click', fitWidth);
  document.getElementById('theme').addEventListener('input', (event) => {
    if (event.target.value === '') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = event.target.value;
  });
  // Beside the details, a wide drawing would be too small to read: it takes the whole width, and the details stand below.
  work.classList.toggle('wide', width * 0.8 > document.querySelector('.canvas').clientWidth);
  if (width * 0.4 > document.querySelector('.canvas').clientWidth) zoom(0.6); else fitWidth();
  redraw();
})();
`.trim();
