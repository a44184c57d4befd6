// Builds elements. Text always becomes text: no data is ever read as markup.

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false)
      continue;
    if (name.startsWith('on'))
      element.addEventListener(name.slice(2), value);
    else if (name === 'class')
      element.className = value;
    else if (name === 'data')
      Object.assign(element.dataset, value);
    else if (name === 'value' || name === 'disabled' || name === 'checked' || name === 'hidden')
      element[name] = value;
    else
      element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

const shapes = {
  phone: 'M6.6 3.5h2.1c.7 0 1.3.5 1.5 1.2l.7 2.6c.2.6 0 1.2-.5 1.6l-1.3 1c1 2.2 2.8 4 5 5l1-1.3c.4-.5 1-.7 1.6-.5l2.6.7c.7.2 1.2.8 1.2 1.5'
    + 'v2.1c0 1-.8 1.8-1.8 1.8C10.9 19.2 4.8 13.1 4.8 5.3c0-1 .8-1.8 1.8-1.8z',
  bell: 'M6 16V10.5a6 6 0 0 1 12 0V16l1.5 2h-15zM10 20.5a2 2 0 0 0 4 0',
  mute: 'M6 16V10.5a6 6 0 0 1 12 0V16l1.5 2h-15zM10 20.5a2 2 0 0 0 4 0M4 3.5l16 17',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2'
    + 'M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  up: 'M6 14.5l6-6 6 6',
  down: 'M6 9.5l6 6 6-6',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  grip: 'M9 6.5h.01M15 6.5h.01M9 12h.01M15 12h.01M9 17.5h.01M15 17.5h.01',
  plus: 'M12 5.5v13M5.5 12h13',
  send: 'M4.5 12l15-7-4.5 15-3.5-6zM11.5 14l8-9',
  play: 'M8 5.5v13l11-6.5z',
  eye: 'M3 12s3.3-6 9-6 9 6 9 6-3.3 6-9 6-9-6-9-6zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  check: 'M5.5 12.5l4.2 4.2 8.8-9',
  alert: 'M12 4l9 15.5H3zM12 10v4.5M12 17h.01',
  dot: 'M12 12h.01',
  reply: 'M9.5 6.5l-5 5 5 5M4.5 11.5h9a6 6 0 0 1 6 6',
};

export function icon(name, size = 20) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', width: size, height: size, 'aria-hidden': 'true', class: 'icon' }))
    svg.setAttribute(key, value);
  const path = document.createElementNS(ns, 'path');
  path.setAttribute('d', shapes[name]);
  svg.append(path);
  return svg;
}

// Isolates foreign text inside a sentence of ours, because right-to-left text would reorder its neighbours.
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export function isolated(words) {
  const plain = words.replace(directions, '');
  return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}

// Keeps the children that a list still has, adds the new ones and sorts all of them, so that the focused child keeps the focus.
export function reconcile(parent, items, keyOf, make, update) {
  const known = new Map([...parent.children].map(child => [child.dataset.key, child]));
  let at = parent.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    let child = known.get(key);
    known.delete(key);
    if (!child) {
      child = make(item);
      child.dataset.key = key;
    }
    update?.(child, item);
    if (child === at)
      at = at.nextElementSibling;
    else
      parent.insertBefore(child, at);
  }
  for (const gone of known.values())
    gone.remove();
}

export function initials(name) {
  const letters = name.split(/\s+/).map(word => [...word].find(letter => /\p{L}/u.test(letter))).filter(Boolean);
  return ((letters[0] ?? '') + (letters.length > 1 ? letters.at(-1) : '')).toUpperCase() || '?';
}

export function avatar(name) {
  let sum = 0;
  for (const letter of name)
    sum = (sum * 31 + letter.codePointAt(0)) % 6;
  return h('span', { class: `avatar hue-${sum}`, 'aria-hidden': 'true' }, initials(name));
}
