import { h, icon } from './dom.js';
import { on } from './state.js';
import { get } from './api.js';

// The input field. It is a combobox: the server sends completions, and only an arrow key or Tab chooses one.

const most = 12;
let input;
let list;
let options = [];
let active = -1;
let asking;
// Until it is settled, the list shows what an older text meant, and keys that choose wait for it.
let answer;
let someKeyWaits = false;
const said = [];
let back = 0;

export function startComposer(send) {
  const hint = h('p', { id: 'composer-hint', class: 'hint' }, h('kbd', {}, 'Enter'), ' sends, ', h('kbd', {}, 'Tab'), ' completes, ',
      h('kbd', {}, '↑'), ' ', h('kbd', {}, '↓'), ' choose');
  input = h('input', {
    id: 'typed', type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: 'false', maxlength: 4000,
    'aria-label': 'Message or command', 'aria-autocomplete': 'list',
    'aria-expanded': 'false', 'aria-controls': 'completions', 'aria-describedby': 'composer-hint', placeholder: 'Type /dispatch INC-1042',
    oninput: suggest, onkeydown: event => key(event, send), onblur: close, onfocus: suggest,
  });
  list = h('ul', { id: 'completions', role: 'listbox', 'aria-label': 'Completions', hidden: true });
  const form = h('form', { onsubmit: event => submit(event, send) }, input,
      h('button', { type: 'submit', class: 'send', 'aria-label': 'Send' }, icon('send')));
  document.getElementById('composer').append(list, form, hint);
  on('connection', connected => form.classList.toggle('offline', !connected));
}

function submit(event, send) {
  event.preventDefault();
  const text = input.value.trim();
  if (text === '')
    return;
  said.push(text);
  back = said.length;
  input.value = '';
  close();
  send(text);
}

export function putBack(text) {
  if (input.value === '')
    input.value = text;
}

function suggest() {
  asking?.abort();
  answer = undefined;
  someKeyWaits = false;
  choose(-1);
  if (!input.value.startsWith('/'))
    return close();
  const mine = answer = lookUp(input.value).finally(() => {
    if (answer === mine)
      answer = undefined;
  });
}

async function lookUp(typed) {
  asking = new AbortController();
  try {
    const found = await get(`suggest?typed=${encodeURIComponent(typed)}`, asking.signal);
    if (input.value === typed && document.activeElement === input)
      open(found.filter(option => option.insert.trimEnd() !== typed.trimEnd()).slice(0, most));
  } catch (fault) {
    if (fault.name !== 'AbortError')
      close();
  }
}

function open(found) {
  options = found;
  active = -1;
  list.replaceChildren(...found.map((option, index) => h('li', {
    id: `completion-${index}`, role: 'option', 'aria-selected': 'false',
    // Before the click takes the focus from the input.
    onpointerdown: event => { event.preventDefault(); complete(index); },
  }, h('span', { class: 'label' }, option.label), h('span', { class: 'help' }, option.hint))));
  list.hidden = found.length === 0;
  input.setAttribute('aria-expanded', String(found.length > 0));
  input.removeAttribute('aria-activedescendant');
}

function close() {
  asking?.abort();
  open([]);
}

function choose(index) {
  list.children[active]?.setAttribute('aria-selected', 'false');
  active = index;
  const chosen = list.children[active];
  chosen?.setAttribute('aria-selected', 'true');
  chosen?.scrollIntoView({ block: 'nearest' });
  if (chosen)
    input.setAttribute('aria-activedescendant', chosen.id);
  else
    input.removeAttribute('aria-activedescendant');
}

function complete(index) {
  input.value = options[index].insert;
  input.setSelectionRange(input.value.length, input.value.length);
  close();
  if (input.value.endsWith(' '))
    suggest();
}

function key(event, send) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
    return;
  if (mustWait(event)) {
    event.preventDefault();
    someKeyWaits = true;
    const typed = input.value;
    answer.then(() => input.value === typed && press(event, send));
  } else if (press(event, send))
    event.preventDefault();
}

// Enter alone sends what is typed, whatever the list shows.
function mustWait(event) {
  if (answer === undefined || options.length === 0)
    return false;
  return event.key === 'Enter' ? someKeyWaits : ['ArrowDown', 'ArrowUp'].includes(event.key) || isCompleting(event);
}

function isCompleting(event) {
  return event.key === 'Tab' && !event.shiftKey;
}

// Whether the key meant something here.
function press(event, send) {
  const isOpen = options.length > 0;
  if (event.key === 'ArrowDown' && isOpen)
    choose((active + 1) % options.length);
  else if (event.key === 'ArrowUp' && isOpen)
    choose(active <= 0 ? options.length - 1 : active - 1);
  else if (event.key === 'ArrowUp' && back > 0)
    input.value = said[--back];
  else if (event.key === 'ArrowDown' && back < said.length)
    input.value = said[++back] ?? '';
  else if (isCompleting(event) && isOpen)
    complete(Math.max(active, 0));
  else if (event.key === 'Enter' && active >= 0)
    complete(active);
  else if (event.key === 'Enter')
    submit(event, send);
  else if (event.key === 'Escape' && isOpen)
    close();
  else
    return false;
  return true;
}
