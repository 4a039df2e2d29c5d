// What a run looks like at a moment: a meadow with its cows and coins, or bars of pool, need and money.

import { fixed } from './base.js';
import { DATA, LENGTH } from './recording.js';
import { TONES } from './chart.js';

const INK = '#212b32';

/** Numbers that look like chance and are the same every time: only for where tufts and cows stand. */
function places(seed, count, width) {
  let at = seed;
  const next = () => {
    at = (Math.imul(at ^ (at >>> 15), 2246822519) + 0x9e3779b9) | 0;
    return ((at ^ (at >>> 13)) >>> 0) / 4294967296;
  };
  return Array.from({ length: count }, () => Array.from({ length: width }, next));
}

const TUFTS = places(7, 420, 4).sort((a, b) => a[1] - b[1]);
const SPOTS = places(11, 96, 2);

/** A canvas as large as it is shown, with its context. */
function sheet(canvas) {
  const [width, height, scale] = [canvas.clientWidth, canvas.clientHeight, Math.min(2, devicePixelRatio || 1)];
  if (canvas.width !== Math.round(width * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  const to = canvas.getContext('2d', { alpha: false });
  to.setTransform(scale, 0, 0, scale, 0, 0);
  return { canvas, to, width, height };
}

/** A value between two points in time. */
function at(values, time) {
  const first = Math.floor(time);
  const next = Math.min(LENGTH - 1, first + 1);
  return values[first] + (values[next] - values[first]) * (time - first);
}

const painted = new WeakMap();

/** The grass, painted anew only when it has changed by enough to be seen: tufts are most of the work of a frame. */
function grass(canvas, to, width, height, share) {
  const known = painted.get(canvas);
  const scale = canvas.width / canvas.clientWidth;
  if (!known || known.width !== width || known.scale !== scale || Math.abs(known.share - share) > 0.008) {
    const sheet = known?.sheet ?? document.createElement('canvas');
    [sheet.width, sheet.height] = [Math.round(width * scale), Math.round(height * scale)];
    const onto = sheet.getContext('2d');
    onto.setTransform(scale, 0, 0, scale, 0, 0);
    tufts(onto, width, height, share);
    painted.set(canvas, { sheet, width, scale, share });
  }
  to.drawImage(painted.get(canvas).sheet, 0, 0, width, height);
}

function tufts(to, width, height, share) {
  to.fillStyle = '#e9ddc2';
  to.fillRect(0, 0, width, height);
  to.fillStyle = `rgba(122,160,72,${0.06 + 0.5 * share})`;
  to.fillRect(0, 0, width, height);
  to.lineWidth = 1.3;
  for (const isNear of [false, true]) {
    to.strokeStyle = isNear ? '#3f6f2a' : '#55853a';
    to.beginPath();
    for (const [across, down, from, size] of TUFTS) {
      const grown = Math.max(0, Math.min(1, (share * 1.04 - from) / 0.06 + 0.5));
      if (grown <= 0 || (down > 0.5) !== isNear) continue;
      const [x, y, length] = [across * width, 6 + down * (height - 10), (3 + 5 * share) * (0.7 + size * 0.6) * grown];
      to.moveTo(x, y); to.lineTo(x - length * 0.45, y - length);
      to.moveTo(x, y); to.lineTo(x, y - length * 1.15);
      to.moveTo(x, y); to.lineTo(x + length * 0.45, y - length);
    }
    to.stroke();
  }
}

const drawnCows = new Map();

/** A cow, drawn once for each size and then stamped. */
function cow(to, x, y, size) {
  const scale = to.getTransform().a;
  const key = `${size.toFixed(1)} ${scale}`;
  const [wide, tall] = [Math.ceil(size * 4 * scale) / scale, Math.ceil(size * 3 * scale) / scale];
  if (!drawnCows.has(key)) {
    const stamp = document.createElement('canvas');
    [stamp.width, stamp.height] = [Math.round(wide * scale), Math.round(tall * scale)];
    const onto = stamp.getContext('2d');
    onto.setTransform(scale, 0, 0, scale, 0, 0);
    oneCow(onto, wide / 2, tall / 2, size);
    drawnCows.set(key, stamp);
  }
  const whole = value => Math.round(value * scale) / scale;
  to.drawImage(drawnCows.get(key), whole(x - wide / 2), whole(y - tall / 2), wide, tall);
}

function oneCow(to, x, y, size) {
  to.strokeStyle = INK;
  to.lineWidth = Math.max(1, size * 0.26);
  to.beginPath();
  for (const leg of [-0.75, -0.35, 0.4, 0.8]) { to.moveTo(x + leg * size, y); to.lineTo(x + leg * size, y + size * 1.05); }
  to.stroke();
  to.lineWidth = 1;
  to.fillStyle = '#fff';
  to.beginPath();
  to.roundRect(x - size * 1.1, y - size * 0.55, size * 2.2, size * 1.1, size * 0.42);
  to.fill();
  to.stroke();
  to.fillStyle = INK;
  to.beginPath();
  to.ellipse(x - size * 0.55, y - size * 0.25, size * 0.42, size * 0.27, 0, 0, 7);
  to.ellipse(x + size * 0.35, y + size * 0.15, size * 0.38, size * 0.27, 0, 0, 7);
  to.ellipse(x + size * 1.35, y - size * 0.35, size * 0.46, size * 0.34, 0.5, 0, 7);
  to.fill();
}

/** Where the cows stand: each herder's in a strip of their own, where it is known whose they are. */
function herd({ cows, herd: known }, time) {
  const step = Math.floor(time);
  const spot = (from, count, left, width) => SPOTS.slice(from, from + count).map(([x, y]) => [left + width * (0.12 + 0.76 * x), y]);
  if (!known) return spot(0, Math.round(cows[step]), 0, 1);
  const part = 1 / known.effort.length;
  return known.effort.flatMap((effort, owner) => spot((owner * 13) % 40, Math.round(effort[step]), owner * part, part));
}

function coins(to, { earned, herd: known, best }, time, width, top, height) {
  const step = Math.floor(time);
  to.fillStyle = '#fff';
  to.fillRect(0, top, width, height);
  to.fillStyle = INK;
  to.fillRect(0, top, width, 1);
  const stacks = known ? known.earned.map(one => one[step]) : [earned[step]];
  const most = (Math.max(best ?? 0, 1e-9) * LENGTH) / stacks.length;
  const scale = (height - 24) / most;
  const [room, base] = [width / stacks.length, top + height - 15];
  stacks.forEach((sum, owner) => {
    const [tall, left, wide] = [Math.max(0, sum * scale), owner * room + room * 0.2, room * 0.6];
    to.fillStyle = '#f2b600';
    to.strokeStyle = INK;
    to.lineWidth = 1;
    to.fillRect(left, base - tall, wide, tall);
    to.strokeRect(left, base - tall, wide, tall);
    if (best) {
      const line = base - ((best * (step + 1)) / stacks.length) * scale;
      to.setLineDash([3, 2]);
      to.lineWidth = 1.6;
      to.beginPath();
      to.moveTo(owner * room + room * 0.08, line);
      to.lineTo(owner * room + room * 0.92, line);
      to.stroke();
      to.setLineDash([]);
    }
    to.fillStyle = INK;
    to.font = '12px Arial';
    to.textAlign = 'center';
    to.fillText(stacks.length > 1 ? 'ABCDEF'[owner] : 'coins', owner * room + room / 2, top + height - 3);
  });
}

function meadow({ canvas, to, width, height }, run, time) {
  const purse = Math.round(Math.max(height * 0.25, 46));
  const field = height - purse;
  const share = Math.max(0, at(run.stock, time));
  grass(canvas, to, width, field, share);
  const standing = herd(run, time).sort((a, b) => a[1] - b[1]);
  const size = Math.max(3.4, 5.2 * (width / 340)) * (standing.length > 50 ? 0.85 : 1);
  for (const [x, y] of standing) cow(to, Math.max(size * 1.3, Math.min(width - size * 2, x * width)), field * 0.16 + y * field * 0.74, size);
  if (share < 0.05) {
    to.font = `bold ${Math.max(13, 16 * (width / 340))}px Arial`;
    to.textAlign = 'center';
    to.lineWidth = 5;
    to.strokeStyle = '#fff';
    to.fillStyle = INK;
    to.strokeText('bare ground', width / 2, field / 2);
    to.fillText('bare ground', width / 2, field / 2);
  }
  coins(to, run, time, width, field, purse);
}

/** A bar for each series: its level now, and a line where it began. */
function bars({ to, width, height }, run, time) {
  to.fillStyle = '#fff';
  to.fillRect(0, 0, width, height);
  const part = width / DATA.series.length;
  DATA.series.forEach((series, index) => {
    const span = series.high - series.low || 1;
    const [top, bottom] = [8, height - 22];
    const y = value => bottom - ((value - series.low) / span) * (bottom - top);
    const now = at(run.all[index], time);
    const left = index * part + part * 0.22;
    to.fillStyle = TONES[run.tone].colour;
    to.globalAlpha = 0.85;
    to.fillRect(left, Math.min(y(now), y(0)), part * 0.56, Math.abs(y(now) - y(0)) || 1);
    to.globalAlpha = 1;
    to.strokeStyle = INK;
    to.lineWidth = 1.5;
    to.setLineDash([4, 3]);
    to.beginPath();
    to.moveTo(index * part + part * 0.1, y(run.all[index][0]));
    to.lineTo(index * part + part * 0.9, y(run.all[index][0]));
    to.stroke();
    to.setLineDash([]);
    to.fillStyle = INK;
    to.fillRect(index * part + part * 0.1, y(0), part * 0.8, 1);
    to.font = '13px Arial';
    to.textAlign = 'center';
    to.fillText(shortName(series), index * part + part / 2, height - 6);
  });
}

/** One word for a series. */
export function shortName(series) {
  const names = { need_met: 'need met', waiting: 'waiting', margin: 'margin', effort: 'effort', welfare: 'welfare' };
  return names[series.key] ?? 'pool';
}

/** A value of a series as people read it. */
export function shown(series, value) {
  return series.percent ? `${fixed(value * 100)}%` : fixed(value, 1);
}

/** Draws a run at a moment; nothing where there is no room, as in a frame that is folded away. */
export function draw(canvas, run, time) {
  if (canvas.clientWidth < 1 || canvas.clientHeight < 1) return;
  (DATA.view === 'meadow' ? meadow : bars)(sheet(canvas), run, time);
}
