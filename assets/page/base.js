// Elements, numbers and words that everything else is made of. Text is only ever set as text, never as markup.

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

/** An HTML element: `h('p', { class: 'note' }, 'text')`. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** The element of that id. */
export const byId = id => document.getElementById(id);

/** Whether the reader wants nothing to move. */
export const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** Whether the window is as narrow as a phone. */
export const isNarrow = () => innerWidth <= 640;

/** A number with so many decimals and a true minus: "1,234.5", "−0.4". */
export function fixed(value, decimals = 0) {
  if (value === null || !Number.isFinite(value)) return '–';
  const text = Math.abs(value).toLocaleString('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return (value < 0 && /[1-9]/.test(text) ? '−' : '') + text;
}

/** The same with a plus where it is above nothing. */
export function signed(value, decimals = 0) {
  const text = fixed(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** The same text with a capital at its start. */
export const capital = text => text.slice(0, 1).toUpperCase() + text.slice(1);

let saying = 0;

/** Says something to whoever listens to the page, once things have come to rest. */
export function announce(text) {
  clearTimeout(saying);
  saying = setTimeout(() => { byId('status').textContent = text; }, 250);
}
