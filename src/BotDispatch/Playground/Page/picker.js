import { h, icon, avatar, isolated } from './dom.js';
import { get } from './api.js';

// Picks people and orders them: with buttons, with keys, or by dragging.

export function makePicker(form, error, changed) {
  const byId = new Map(form.people.map(person => [person.id, person]));
  let order = form.picked.filter(id => byId.has(id) && !byId.get(id).cannotBePicked);

  const chosen = h('ol', { class: 'chosen', 'aria-labelledby': 'chosen-title' });
  const search = h('input', { type: 'search', id: 'search', placeholder: 'Search by name, skill or language',
      'aria-label': 'Search people', autocomplete: 'off', oninput: () => find() });
  // The server searches, as in every chat. Null while nothing is typed.
  let found = null;
  let asking;
  const offered = h('ul', { class: 'offered', 'aria-label': 'People to add' });
  const said = h('p', { class: 'hidden', role: 'status' });
  const element = h('fieldset', { class: 'picker', 'aria-describedby': 'people-error' },
    h('legend', { id: 'chosen-title' }, 'Who to phone, in order'), chosen, error, search, offered, said);

  search.addEventListener('keydown', async event => {
    if (event.key !== 'Enter')
      return;
    event.preventDefault();
    await find();
    const first = matching().find(person => !person.cannotBePicked);
    if (first && search.value.trim() !== '') {
      search.value = '';
      found = null;
      add(first.id);
      search.focus();
    }
  });

  async function find() {
    asking?.abort();
    const typed = search.value.trim();
    if (typed === '') {
      found = null;
      draw();
      return;
    }
    asking = new AbortController();
    try {
      const ids = await get(`people?typed=${encodeURIComponent(typed)}`, asking.signal);
      if (search.value.trim() === typed) {
        found = ids;
        draw();
      }
    } catch (fault) {
      if (fault.name !== 'AbortError') {
        found = null;
        draw();
      }
    }
  }

  const matching = () => (found ? found.map(id => byId.get(id)).filter(Boolean) : form.people).filter(person => !order.includes(person.id));

  function add(id) {
    order.push(id);
    update(`${isolated(byId.get(id).name)} is number ${order.length}.`);
  }

  function remove(id) {
    order = order.filter(each => each !== id);
    update(`${isolated(byId.get(id).name)} is not phoned.`);
    search.focus();
  }

  function move(id, to) {
    if (to < 0 || to >= order.length)
      return;
    order = order.filter(each => each !== id);
    order.splice(to, 0, id);
    update(`${isolated(byId.get(id).name)} is number ${to + 1} of ${order.length}.`);
  }

  function update(words) {
    said.textContent = words;
    draw();
    changed(picked());
  }

  const picked = () => order.map(id => byId.get(id));

  function draw() {
    chosen.replaceChildren(...order.map((id, index) => item(byId.get(id), index)));
    chosen.classList.toggle('none', order.length === 0);
    if (order.length === 0)
      chosen.append(h('li', { class: 'none' }, 'Nobody yet. Add people below: they are phoned from the top down.'));
    const left = matching();
    offered.replaceChildren(...left.map(offer));
    if (left.length === 0)
      offered.append(h('li', { class: 'none' }, search.value.trim() === '' ? 'Everybody is picked.' : 'Nobody matches.'));
  }

  function offer(person) {
    const why = person.cannotBePicked;
    return h('li', {}, h('button', {
      type: 'button', 'aria-disabled': why ? 'true' : null, data: { id: person.id },
      onclick: () => { if (!why) { add(person.id); (offered.querySelector('button:not([aria-disabled])') ?? search).focus(); } },
    }, avatar(person.name), h('span', { class: 'who' }, h('span', { class: 'name' }, person.name),
    h('span', { class: why ? 'why' : 'state' }, why ?? person.hint)), !why && icon('plus', 18)));
  }

  function item(person, index) {
    const step = (by, name, label, off) => h('button', {
      type: 'button', class: 'tool', 'aria-label': `${label} ${isolated(person.name)}`,
      'aria-disabled': off ? 'true' : null, data: { step: by },
      onclick: () => {
        if (off)
          return;
        move(person.id, index + by);
        chosen.children[index + by]?.querySelector(`[data-step="${by}"]`)?.focus();
      },
    }, icon(name, 18));
    const handle = h('span', { class: 'grip', 'aria-hidden': 'true', title: 'Drag to reorder' }, icon('grip', 18));
    const line = h('li', { data: { id: person.id } }, handle, h('span', { class: 'number' }, String(index + 1)), avatar(person.name),
      h('span', { class: 'who' }, h('span', { class: 'name' }, person.name), h('span', { class: 'state' }, person.hint)),
      step(-1, 'up', 'Move up', index === 0), step(1, 'down', 'Move down', index === order.length - 1),
      h('button', { type: 'button', class: 'tool', 'aria-label': `Remove ${isolated(person.name)}`, onclick: () => remove(person.id) },
          icon('close', 18)));
    handle.addEventListener('pointerdown', event => drag(event, handle, line));
    return line;
  }

  // Pointer events, because the browser's own drag and drop does not work by touch.
  function drag(event, handle, line) {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    line.classList.add('dragged');
    handle.onpointermove = at => {
      const over = [...chosen.children].find(other =>
          other !== line && at.clientY > other.getBoundingClientRect().top && at.clientY < other.getBoundingClientRect().bottom);
      if (over)
        over[over.compareDocumentPosition(line) & Node.DOCUMENT_POSITION_FOLLOWING ? 'before' : 'after'](line);
    };
    handle.onpointerup = handle.onpointercancel = () => {
      handle.onpointermove = handle.onpointerup = handle.onpointercancel = null;
      move(line.dataset.id, [...chosen.children].indexOf(line));
    };
  }

  draw();
  return {
    element,
    picked,
    focus: () => search.focus(),
    mark: wrong => element.classList.toggle('wrong', wrong),
  };
}
