'use strict';

// Everything of the application's is put in as text, never as HTML.

const MINUTE = 60_000;
const CHART_SECONDS = 120;
const byId = id => document.getElementById(id);
const state = {at: 0, pools: new Map(), bars: [], seen: new Map(), lastFailure: 0, tasks: [], jvms: []};

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function time(ms) {
  if (ms === undefined) return '?';
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 1000) return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const s = Math.floor(ms / 1000);
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  if (s < 86_400) return `${Math.floor(s / 3600)} h ${Math.floor(s / 60) % 60} min`;
  return `${Math.floor(s / 86_400)} d ${Math.floor(s / 3600) % 24} h`;
}

const number = n => n.toLocaleString('en');
const rate = n => `${n < 10 && n > 0 ? n.toFixed(1) : number(Math.round(n))}/s`;
const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// ---- pools

const FIGURES = [
  ['workers', 'Workers'], ['running', 'Running'], ['queued', 'Queued'], ['done', 'Done'],
  ['waited', 'Waited'], ['ran', 'Ran'], ['failed', 'Failed'], ['refused', 'Refused'],
  ['total', 'Succeeded'], ['cancelled', 'Cancelled'], ['crashed', 'Crashed'],
];

function card(name, kind) {
  const root = element('article', undefined, 'pool panel');
  root.dataset.pool = name;
  const title = element('h3', name);
  title.append(element('span', kind.toLowerCase(), 'kind'));
  const list = element('dl');
  const cells = {};
  for (const [key, label] of FIGURES) {
    if (key === 'crashed' && kind !== 'PROCESS') continue;
    const cell = element('div');
    cells[key] = element('dd', '–');
    cells[key].dataset.figure = key;
    cell.append(element('dt', label), cells[key]);
    list.append(cell);
  }
  const legend = element('div', undefined, 'legend');
  legend.append(element('span', 'running', 'run'), element('span', 'queued', 'wait'),
      element('span', 'done a second', 'done'));
  const chart = element('div', undefined, 'chart');
  root.append(title, list, legend, chart);
  byId('pools').append(root);
  return {root, cells, chart, plot: null, data: [[], [], [], []], last: null};
}

const chartWidth = pool => Math.max(200, pool.chart.clientWidth);

function plot(pool) {
  const width = chartWidth(pool);
  if (pool.plot) pool.plot.destroy();
  const axis = {stroke: color('--soft'), grid: {stroke: color('--line'), width: 1}, ticks: {show: false}, font: '11px system-ui'};
  const line = (name, label, scale) => ({label, scale, stroke: color(name), width: 1.5, points: {show: false}});
  pool.plot = new uPlot({
    width, height: 130, legend: {show: false}, cursor: {show: false}, padding: [8, 4, 0, 0],
    scales: {x: {time: true, range: (u, min, max) => [max - CHART_SECONDS, max]}, y: {range: (u, min, max) => [0, Math.max(4, max * 1.1)]},
      rate: {range: (u, min, max) => [0, Math.max(4, max * 1.1)]}},
    axes: [{...axis, size: 22, space: 90, values: (u, at) => at.map(s => new Date(s * 1000).toLocaleTimeString('en-GB'))}, {...axis, size: 42}, {...axis, scale: 'rate', side: 1, size: 48, grid: {show: false}}],
    series: [{}, line('--run', 'running', 'y'), line('--wait', 'queued', 'y'), line('--done', 'done a second', 'rate')],
  }, pool.data, pool.chart);
}

function showPools(news, seconds) {
  for (const now of news.pools) {
    let pool = state.pools.get(now.name);
    if (!pool) {
      pool = card(now.name, now.kind);
      state.pools.set(now.name, pool);
    }
    const done = p => p.succeeded + p.failed + p.cancelled;
    const perSecond = pool.last && seconds > 0 ? Math.max(0, (done(now) - done(pool.last)) / seconds) : null;
    const put = (key, text, bad) => {
      const cell = pool.cells[key];
      if (!cell) return;
      cell.textContent = text;
      cell.classList.toggle('bad', Boolean(bad));
    };
    pool.root.classList.toggle('unused', now.submitted === 0);
    put('workers', `${number(now.workers)} of ${number(now.maxWorkers)}`);
    put('running', number(now.running));
    put('queued', number(now.queued));
    if (perSecond !== null) put('done', rate(perSecond));
    for (const key of ['waited', 'ran']) {
      if (!now[key]) continue;
      put(key, time(now[key][0]));
      pool.cells[key].title = `mean of the last second; longest ${time(now[key][1])}`;
    }
    put('total', number(now.succeeded));
    put('failed', number(now.failed), now.failed);
    put('cancelled', number(now.cancelled));
    put('refused', number(now.rejected), now.rejected);
    put('crashed', number(now.crashed), now.crashed);
    pool.last = now;
    [state.at / 1000, now.running, now.queued, perSecond].forEach((value, i) => pool.data[i].push(value));
    while (pool.data[0].length > CHART_SECONDS + 1) pool.data.forEach(row => row.shift());
  }
  // Only now has each card the width that it keeps.
  for (const pool of state.pools.values()) {
    if (pool.plot?.width === chartWidth(pool)) pool.plot.setData(pool.data); else plot(pool);
  }
}

// ---- the last minute

function takeBars(news) {
  for (const pool of news.pools) {
    let seen = state.seen.get(pool.name) ?? 0;
    let newest = seen;
    for (const [serial, worker, name, start, end, count, failures] of pool.bars) {
      if (serial <= seen) continue;
      newest = Math.max(newest, serial);
      state.bars.push({row: `${pool.name}\u0000${worker}`, name, start: state.at - start, end: state.at - end, count, failures});
    }
    state.seen.set(pool.name, newest);
  }
  state.bars = state.bars.filter(bar => bar.end > state.at - MINUTE);
}

let drawn = [];

function drawTimeline() {
  const canvas = byId('timeline');
  const open = state.tasks.filter(task => task.age !== undefined)
      .map(task => ({row: `${task.pool}\u0000${task.worker}`, name: task.name, start: state.at - task.age, end: state.at, count: 1, failures: 0, open: true}));
  const bars = state.bars.concat(open);
  const rows = [...new Set(bars.map(bar => bar.row))].sort((a, b) => a.localeCompare(b, 'en', {numeric: true}));
  byId('timeline-count').textContent = rows.length === 1 ? '1 worker' : `${number(rows.length)} workers`;
  const width = canvas.parentElement.clientWidth - 16;
  const rowHeight = rows.length > 200 ? 9 : 20;
  const height = Math.max(1, rows.length) * rowHeight + 22;
  const ratio = Math.min(window.devicePixelRatio || 1, 16_000 / height);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.height = `${height}px`;
  const draw = canvas.getContext('2d');
  draw.scale(ratio, ratio);
  draw.font = rowHeight > 10 ? '12px system-ui' : '8px system-ui';
  draw.textBaseline = 'middle';
  const left = width < 500 ? 74 : 120;
  const scale = (width - left - 4) / MINUTE;
  const x = at => left + Math.max(0, at - state.at + MINUTE) * scale;
  draw.fillStyle = color('--soft');
  draw.strokeStyle = color('--line');
  for (let seconds = 60; seconds >= 0; seconds -= width < 500 ? 20 : 10) {
    const at = Math.round(x(state.at - seconds * 1000)) + 0.5;
    draw.beginPath();
    draw.moveTo(at, 0);
    draw.lineTo(at, height - 18);
    draw.stroke();
    draw.textAlign = seconds === 0 ? 'right' : 'center';
    draw.fillText(seconds === 0 ? 'now' : `${seconds} s`, at, height - 8);
  }
  draw.textAlign = 'left';
  const index = new Map(rows.map((row, i) => [row, i]));
  rows.forEach((row, i) => {
    draw.fillText(row.split('\u0000')[1].slice(0, left / 7), 0, i * rowHeight + rowHeight / 2, left - 6);
  });
  const paint = {run: color('--run'), open: color('--wait'), fail: color('--fail')};
  drawn = bars.map(bar => {
    const box = {bar, x: x(bar.start), y: index.get(bar.row) * rowHeight + 2, h: rowHeight - 4};
    box.w = Math.max(1.5, x(bar.end) - box.x);
    draw.fillStyle = bar.failures ? paint.fail : bar.open ? paint.open : paint.run;
    draw.globalAlpha = bar.count > 1 ? 0.6 : 0.9;
    draw.fillRect(box.x, box.y, box.w, box.h);
    return box;
  });
  draw.globalAlpha = 1;
}

byId('timeline').addEventListener('pointermove', event => {
  const found = drawn.findLast(box => event.offsetX >= box.x - 1 && event.offsetX <= box.x + box.w + 1
      && event.offsetY >= box.y && event.offsetY <= box.y + box.h);
  if (!found) return;
  const {bar} = found;
  byId('under-pointer').textContent = `${bar.row.split('\u0000')[1]}: `
      + (bar.count > 1 ? `${number(bar.count)} tasks, the last ${bar.name}` : bar.name)
      + `, ${time(bar.end - bar.start)}${bar.open ? ' so far' : ''}${bar.failures ? `, ${number(bar.failures)} failed` : ''}`;
});

// ---- tables: rows are kept, so that a button under the pointer stays what it is

function fill(body, items, key, make, update, empty, columns) {
  const old = new Map([...body.children].filter(row => row.dataset.key).map(row => [row.dataset.key, row]));
  const rows = items.map(item => {
    const id = String(key(item));
    const row = old.get(id) ?? make(item);
    row.dataset.key = id;
    update(row, item);
    return row;
  });
  if (rows.length === 0) {
    const cell = element('td', empty, 'empty');
    cell.colSpan = columns;
    const row = element('tr');
    row.append(cell);
    rows.push(row);
  }
  if (rows.length !== body.children.length || rows.some((row, i) => row !== body.children[i])) {
    body.replaceChildren(...rows);
  }
}

function taskRow(task) {
  const row = element('tr');
  const button = element('button', 'Stack');
  button.addEventListener('click', () => showStack(task));
  const last = element('td');
  last.append(button);
  const bar = element('progress');
  bar.hidden = true;
  const progress = element('td', undefined, 'progress');
  progress.append(bar, element('span'));
  row.append(element('td', task.name), element('td', task.pool, 'pool-name'), element('td', task.worker, 'worker nowrap'),
      element('td', '', 'figure'), progress, last);
  return row;
}

function showTasks() {
  const count = state.tasks.length + state.moreTasks;
  byId('tasks-count').textContent = number(count) + (state.moreTasks ? `, the longest ${state.tasks.length} shown` : '');
  fill(byId('tasks').tBodies[0], state.tasks, task => task.number, taskRow, (row, task) => {
    row.children[3].textContent = time(task.age);
    if (task.fraction !== undefined) {
      const [bar, message] = row.children[4].children;
      bar.hidden = false;
      bar.value = task.fraction;
      message.textContent = `${Math.round(task.fraction * 100)} % ${task.message}`;
    }
  }, 'Nothing runs.', 6);
}

function showJvms() {
  if (state.jvms.length) byId('jvms-section').hidden = false;
  byId('jvms-count').textContent = number(state.jvms.length + state.moreJvms)
      + (state.moreJvms ? `, ${state.jvms.length} shown` : '');
  fill(byId('jvms').tBodies[0], state.jvms, jvm => jvm.pid, jvm => {
    const row = element('tr');
    row.append(element('td', jvm.name, 'nowrap'), element('td', jvm.pid, 'figure'), element('td', '', 'figure'),
        element('td', '', 'figure'), element('td', '', 'figure'), element('td'));
    return row;
  }, (row, jvm) => {
    const cells = row.children;
    cells[2].textContent = jvm.memory === undefined ? '–' : `${number(Math.round(jvm.memory / 1048576))} MiB`;
    cells[3].textContent = time(jvm.age);
    cells[4].textContent = number(jvm.taken);
    cells[5].textContent = jvm.task ?? '–';
  }, 'None runs.', 6);
}

function showFailures(added) {
  const box = byId('failures');
  for (const failure of added) {
    if (failure.id <= state.lastFailure) continue; // It was there when this page began to look.
    state.lastFailure = failure.id;
    const [first] = failure.text.split('\n');
    const details = element('details');
    const summary = element('summary');
    summary.append(element('span', failure.name), ' ', element('span', first, 'what'),
        element('span', `${failure.worker ?? failure.pool}, ${new Date(Date.now() - failure.ago).toLocaleTimeString('en-GB')}`, 'where'));
    details.append(summary, element('pre', failure.text));
    box.prepend(details);
  }
  while (box.children.length > 50) box.lastElementChild.remove();
  const none = box.querySelector('.empty');
  if (box.querySelector('details')) none?.remove();
  else if (!none) box.append(element('p', 'None.', 'empty'));
  byId('failures-count').textContent = box.querySelectorAll('details').length || '';
}

// ---- stack of a running task

let shown = null;

async function showStack(task) {
  shown = task;
  byId('stack-title').textContent = `${task.name} on ${task.worker}`;
  byId('stack-text').textContent = 'Asking …';
  if (!byId('stack').open) byId('stack').showModal();
  let text;
  try {
    const answer = await fetch(`stack?task=${task.number}`);
    const frames = answer.ok ? (await answer.json()).frames : null;
    text = frames === null ? await answer.text()
        : frames.length ? frames.map(frame => `at ${frame}`).join('\n') : 'No answer: it has just ended, or its worker does not reply.';
  } catch (e) {
    text = 'The application does not answer.';
  }
  if (shown === task) byId('stack-text').textContent = text;
}

byId('stack-again').addEventListener('click', () => showStack(shown));

// ---- the stream

let stream = null;
let hiddenSince = null;

function status(text, className) {
  byId('link').textContent = text;
  byId('link').className = className;
}

function take(event) {
  const news = JSON.parse(event.data);
  const before = state.at;
  state.at = Date.now();
  if (event.type === 'all') {
    state.bars = [];
    state.seen.clear();
    state.lastFailure = 0;
    byId('failures').replaceChildren();
  }
  Object.assign(state, {tasks: news.tasks, moreTasks: news.moreTasks, jvms: news.jvms, moreJvms: news.moreJvms});
  byId('process').textContent = `pid ${news.pid}`;
  showPools(news, before ? (state.at - before) / 1000 : 0);
  takeBars(news);
  drawTimeline();
  showTasks();
  showJvms();
  showFailures(news.failures);
  status('live', 'live');
}

function connect() {
  stream = new EventSource('events');
  stream.addEventListener('all', take);
  stream.addEventListener('news', take);
  stream.onerror = () => status(stream.readyState === EventSource.CLOSED
      ? 'ended; a new start has a new address' : 'lost, trying again', 'lost');
}

// Nobody looks at a hidden page: after a minute it costs the application nothing.
setInterval(() => {
  if (document.hidden && stream && Date.now() - (hiddenSince ??= Date.now()) > MINUTE) {
    stream.close();
    stream = null;
    status('asleep', '');
  }
}, 5000);
document.addEventListener('visibilitychange', () => {
  hiddenSince = document.hidden ? Date.now() : null;
  if (!document.hidden && !stream) connect();
});

const redraw = () => {
  state.pools.forEach(plot);
  drawTimeline();
};
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
let resizing = 0;
addEventListener('resize', () => {
  clearTimeout(resizing);
  resizing = setTimeout(redraw, 150);
});
connect();
