// Lines over time or over the stops of a knob, as SVG: every line has its colour, its dashes and its name.

import { h, s, fixed } from './base.js';

/** Colour and dashes of the arms; on white all are at least 4.5 to 1. */
export const TONES = [
  { colour: '#1a7a72', dash: '2 5' },
  { colour: '#c2410c', dash: '10 5' },
  { colour: '#12436D', dash: null },
  { colour: '#801650', dash: '10 4 2 4' },
  { colour: '#3D3D3D', dash: '14 4' },
  { colour: '#6b4f00', dash: '6 3 2 3' },
  { colour: '#5a2ca0', dash: '4 4' },
  { colour: '#0b6b2f', dash: '1 3' },
];

const TOP = 30;
const BOTTOM = 46;
const LEFT = 52;

const between = (low, high, from, to) => value => from + ((value - low) / (high - low || 1)) * (to - from);

/** Round numbers from `low` to `high`, about five. */
export function ticks(low, high) {
  const rough = (high - low) / 5 || 1;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * size).find(one => one >= rough * 0.999);
  const found = [];
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high * 1.0001 + 1e-12; at++) found.push(at * step);
  return found;
}

/** So many decimals as tell the ticks apart. */
const decimalsOf = list => (list.length > 1 ? Math.min(4, Math.max(0, Math.ceil(-Math.log10(Math.abs(list[1] - list[0])) - 1e-9))) : 1);

function path(xs, ys, x, y) {
  let d = '';
  let isDown = false;
  ys.forEach((value, at) => {
    if (!Number.isFinite(value)) { isDown = false; return; }
    d += `${isDown ? 'L' : 'M'}${x(xs[at]).toFixed(1)} ${y(value).toFixed(1)}`;
    isDown = true;
  });
  return d;
}

function band(xs, low, high, x, y) {
  const at = (value, index) => `${x(xs[index]).toFixed(1)} ${y(value).toFixed(1)}`;
  const there = high.map(at);
  const back = low.map(at).reverse();
  return `M${[...there, ...back].join('L')}Z`;
}

function axes(plot, { x, y, width, height, right }) {
  const ys = ticks(...plot.range);
  const decimals = decimalsOf(ys);
  const across = ys.map(value => [
    s('line', { x1: LEFT, x2: width - right, y1: y(value), y2: y(value), stroke: '#d0d7db' }),
    s('text', { x: LEFT - 8, y: y(value) + 5, 'text-anchor': 'end', class: 'mute' }, fixed(value, decimals)),
  ]);
  const below = plot.xTicks.map(([value, name]) =>
    s('text', { x: x(value), y: height - BOTTOM + 20, 'text-anchor': 'middle', class: 'mute' }, name));
  return [
    ...across.flat(), ...below,
    s('line', { x1: LEFT, x2: width - right, y1: y(Math.max(0, plot.range[0])), y2: y(Math.max(0, plot.range[0])), stroke: '#212b32' }),
    s('text', { x: (LEFT + width - right) / 2, y: height - 6, 'text-anchor': 'middle' }, plot.xTitle),
    s('text', { x: 0, y: 14, class: 'mute' }, plot.yTitle),
  ];
}

/** Moves labels apart that would lie on each other. */
function apart(labels, bottom) {
  labels.sort((a, b) => a.y - b.y);
  for (let at = 1; at < labels.length; at++) labels[at].y = Math.max(labels[at].y, labels[at - 1].y + 18);
  const over = labels.length ? Math.max(0, labels[labels.length - 1].y - bottom) : 0;
  for (const label of labels) label.y -= over;
}

function names(lines, { x, y, width, height, right, xs }) {
  const labels = lines.filter(line => line.name).map(line => {
    let last = line.ys.length - 1;
    while (last > 0 && !Number.isFinite(line.ys[last])) last--;
    return { line, y: y(line.ys[last] ?? 0), at: [x((line.xs ?? xs)[last]), y(line.ys[last] ?? 0)] };
  });
  const dots = labels.map(({ line, at }) => s('circle', { cx: at[0], cy: at[1], r: 4.5, fill: '#fff', stroke: line.tone.colour, 'stroke-width': 3 }));
  apart(labels, height - BOTTOM);
  const left = width - right + 8;
  return [...dots, ...labels.flatMap(({ line, y: at }) => [
    s('line', { x1: left, x2: left + 14, y1: at, y2: at, stroke: line.tone.colour, 'stroke-width': 3, 'stroke-dasharray': line.tone.dash }),
    s('text', { x: left + 18, y: at + 5, class: 'name' }, line.name),
  ])];
}

function drawn(line, { x, y, xs }) {
  const own = line.xs ?? xs;
  const parts = [];
  if (line.band) parts.push(s('path', { d: band(own, ...line.band, x, y), fill: line.tone.colour, 'fill-opacity': 0.13 }));
  for (const thin of line.thin ?? []) parts.push(s('path', { d: path(own, thin, x, y), fill: 'none', stroke: line.tone.colour, 'stroke-width': 1, 'stroke-opacity': 0.75 }));
  parts.push(s('path', { d: path(own, line.ys, x, y), fill: 'none', stroke: line.tone.colour, 'stroke-width': 3, 'stroke-dasharray': line.tone.dash, 'stroke-linejoin': 'round' }));
  (line.ends ?? []).forEach(([low, high], at) => {
    parts.push(s('line', { x1: x(own[at]), x2: x(own[at]), y1: y(low), y2: y(high), stroke: line.tone.colour, 'stroke-width': 2 }));
    parts.push(s('circle', { cx: x(own[at]), cy: y(line.ys[at]), r: 4, fill: line.tone.colour }));
  });
  return parts;
}

/** A chart of some lines; `plot` says its range, its ticks, its titles and what it shows in words. */
export function chart(room, plot) {
  const width = Math.max(300, Math.round(room.clientWidth || 620));
  const height = width < 480 ? 290 : 330;
  const longest = Math.max(4, ...plot.lines.map(line => (line.name ?? '').length));
  const right = Math.min(width * 0.4, 34 + longest * 7.6);
  const x = between(plot.xs[0] - (plot.margin ?? 0), plot.xs[plot.xs.length - 1] + (plot.margin ?? 0), LEFT, width - right);
  const y = between(plot.range[0], plot.range[1], height - BOTTOM, TOP);
  const size = { x, y, width, height, right, xs: plot.xs };
  const mark = plot.mark === undefined ? null : s('line', { x1: x(plot.mark), x2: x(plot.mark), y1: TOP, y2: height - BOTTOM, stroke: '#4c6272', 'stroke-dasharray': '2 3' });
  room.replaceChildren(s('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': plot.says },
    ...axes(plot, size), mark, ...plot.lines.flatMap(line => drawn(line, size)), ...names(plot.lines, size)));
}

/** A table with a caption; the first cell of each row is its heading. */
export function table(caption, head, rows) {
  const cells = row => row.map((cell, at) => (at ? h('td', {}, String(cell)) : h('th', { scope: 'row' }, String(cell))));
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', {}, h('caption', {}, caption),
      h('thead', {}, h('tr', {}, ...head.map(cell => h('th', { scope: 'col' }, cell)))),
      h('tbody', {}, ...rows.map(row => h('tr', {}, ...cells(row))))));
}
