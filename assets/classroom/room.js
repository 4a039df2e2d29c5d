// The room as this page is shown it: one socket, opened again when it breaks, and pictures in order. What is written on the page is
// always text, never HTML.

/** An element with attributes and what is in it. A function as attribute listens to an event; `false` and `null` leave it out. */
export function make(name, attributes = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...inside.flat(Infinity).filter((one) => one != null && one !== false));
  return element;
}

/** Takes the place of what an element holds; what had the focus has it again if it has an id, and tables that were open stay open. */
export function fill(element, ...inside) {
  const focused = element.contains(document.activeElement) ? document.activeElement.id : '';
  const label = (details) => details.querySelector('[aria-label]')?.getAttribute('aria-label');
  const open = new Set([...element.querySelectorAll('details[open]')].map(label));
  element.replaceChildren(...inside.flat(Infinity).filter((one) => one != null && one !== false));
  for (const details of element.querySelectorAll('details')) if (open.has(label(details))) details.open = true;
  if (focused) document.getElementById(focused)?.focus();
}

export const whole = (number) => String(Math.round(number) || 0).replace('-', '−');

/** The clock of the talk: it runs in the element `clock` wherever there is one. It is given the seconds that are left, or nothing. */
export function talk() {
  let ends = null;
  const tick = () => {
    const element = document.getElementById('clock');
    if (!element || ends == null) return;
    const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
    element.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  };
  setInterval(tick, 500);
  return (left) => {
    ends = left == null ? null : Date.now() + left * 1000;
    tick();
  };
}

/** Tells a line that is read out. */
export function tell(text) {
  const status = document.getElementById('status');
  if (status.textContent !== text) status.textContent = text;
}

/** Connects. `hello` gives what to say first; `show` gets each picture that is newer than the last; `token` gets a new token. */
export function connect({ hello, show, token = () => {} }) {
  let socket;
  let waits = 250;
  let shown = -1;
  let lost = false;
  const open = () => {
    const address = new URL('socket', location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    address.hash = '';
    address.search = '';
    socket = new WebSocket(address);
    socket.addEventListener('open', () => {
      waits = 250;
      // Whatever comes first is the whole picture, also from a room that was started again.
      shown = -1;
      if (lost) tell('');
      lost = false;
      say(hello());
    });
    socket.addEventListener('message', (message) => {
      const said = JSON.parse(message.data);
      if (said.refused) tell(said.refused);
      if (said.token) token(said.token);
      if (said.view && said.number >= shown) {
        shown = said.number;
        show(said.view);
      }
    });
    socket.addEventListener('close', () => {
      if (!lost) tell('The connection is lost. Trying again…');
      lost = true;
      setTimeout(open, waits);
      waits = Math.min(waits * 2, 4000);
    });
  };
  const say = (message) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    else tell('The connection is lost. Trying again…');
  };
  open();
  return say;
}
