import { h, icon, isolated } from './dom.js';
import { post } from './api.js';
import { state } from './state.js';
import { makePicker } from './picker.js';
import { makePreview } from './preview.js';
import { levelOf } from './card.js';

// The dialog: the ticket, the people to call in order, a note, and the text that each of them will hear.

export function openForm(form, { started, refused }) {
  const opener = document.activeElement;
  const note = h('textarea', { id: 'note', rows: 3, maxlength: form.mostNote, 'aria-describedby': 'note-hint note-count note-error' },
      form.note ?? '');
  const count = h('p', { class: 'hint count', id: 'note-count' });
  const preview = makePreview(form, () => note.value);
  const picker = makePicker(form, field('people'), picked => preview.show(picked));
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  const send = h('button', { type: 'submit', class: 'primary' }, 'Dispatch');
  const close = () => dialog.close();

  const dialog = h('dialog', { class: 'form', 'aria-labelledby': 'form-title',
      onclose: () => { dialog.remove(); preview.stop(); opener?.focus?.(); } },
    h('form', { method: 'dialog', novalidate: true, onsubmit: submit },
      h('header', {},
        h('div', {}, h('p', { class: 'over' }, form.replaces ? 'Re-dispatch' : 'Dispatch'), h('h2', { id: 'form-title' },
            form.ticket.isFreeText ? form.ticket.title : `${isolated(form.ticket.reference)} · ${isolated(form.ticket.title)}`)),
        h('button', { type: 'button', class: 'tool', 'aria-label': 'Close', onclick: close }, icon('close'))),
      h('div', { class: 'fields' },
        h('div', { class: 'left' }, ticket(form.ticket), lists(form, choose), picker.element),
        h('div', { class: 'right' },
          h('label', { for: 'note' }, 'Note'), h('p', { class: 'hint', id: 'note-hint' }, 'Spoken after the ticket. Optional.'), note,
          count, field('note'), places(form.places), form.notices && h('p', { class: 'hint notices' }, form.notices), preview.element)),
      h('footer', {}, problem, h('button', { type: 'button', class: 'secondary', onclick: close }, 'Close'), send)));

  const counted = () => { count.textContent = `${note.value.length} of ${form.mostNote} characters`; };
  note.addEventListener('input', () => { counted(); preview.renew(); });
  counted();
  document.body.append(dialog);
  dialog.showModal();
  picker.focus();
  preview.show(picker.picked());

  function filledIn() {
    return {
      as: state.me, formId: form.formId, ticket: form.ticket.reference,
      picked: picker.picked().map(person => person.id), note: note.value, replaces: form.replaces,
      alsoIn: [...dialog.querySelectorAll('input[name="also-in"]:checked')].map(box => box.value),
      list: dialog.querySelector('#list')?.value ?? null,
    };
  }

  // The people of the list take the place of those who were picked before.
  async function choose() {
    try {
      const answer = await post('redraw', filledIn());
      if (answer.kind === 'errors')
        return showErrors(answer.errors);
      dialog.close();
      if (answer.kind === 'form')
        openForm(answer.form, { started, refused });
      else
        refused(answer);
    } catch (fault) {
      problem.textContent = fault.message;
      problem.hidden = false;
    }
  }

  async function submit(event) {
    event.preventDefault();
    if (send.disabled)
      return;
    showErrors({});
    send.disabled = true;
    send.textContent = 'Dispatching…';
    try {
      const answer = await post('submit', filledIn());
      if (answer.kind === 'errors')
        return showErrors(answer.errors);
      dialog.close();
      if (answer.kind === 'private')
        refused(answer);
      else
        started(answer);
    } catch (fault) {
      problem.textContent = fault.message;
      problem.hidden = false;
    } finally {
      send.disabled = false;
      send.textContent = 'Dispatch';
    }
  }

  function showErrors(errors) {
    problem.hidden = true;
    for (const name of ['people', 'note', 'alsoIn']) {
      const place = dialog.querySelector(`#${name}-error`);
      if (!place)
        continue;
      place.textContent = errors[name] ?? '';
      place.hidden = !errors[name];
    }
    picker.mark(Boolean(errors.people));
    note.toggleAttribute('aria-invalid', Boolean(errors.note));
    const other = Object.entries(errors).filter(([name]) => !dialog.querySelector(`#${name}-error`)).map(([, text]) => text);
    problem.textContent = other.join(' ');
    problem.hidden = other.length === 0;
    if (errors.people)
      picker.focus();
    else if (errors.note)
      note.focus();
  }
}

function lists(form, choose) {
  if (!form.lists?.length)
    return null;
  const picked = form.lists.find(list => list.isPicked)?.id ?? '';
  const select = h('select', { id: 'list', onchange: choose },
    h('option', { value: '' }, 'No list'), form.lists.map(list => h('option', { value: list.id }, list.name)));
  select.value = picked;
  return h('div', { class: 'lists' }, h('label', { for: 'list' }, 'From a list'), select,
    form.listWords && h('p', { class: 'hint' }, form.listWords));
}

function places(offered) {
  if (offered.length === 0)
    return null;
  return h('fieldset', { class: 'places' }, h('legend', {}, 'Also in'),
      h('p', { class: 'hint' }, 'Also shown there, with its buttons. You must be a member there.'),
    offered.map(place => h('label', {}, h('input', { type: 'checkbox', name: 'also-in', value: place.name, checked: place.isPicked }),
        ` ${place.name}`)), field('alsoIn'));
}

const field = name => h('p', { class: 'error', id: `${name}-error`, role: 'alert', hidden: true });

function ticket(about) {
  if (!about.priority && !about.place && !about.description)
    return null;
  return h('section', { class: 'ticket', 'aria-label': 'Ticket' },
    (about.priority || about.place) && h('p', { class: 'facts' },
      about.priority && h('span', { class: 'priority', data: { priority: levelOf(about.priority) } }, about.priority),
          about.place && h('span', {}, about.place)),
    about.description && h('p', {}, about.description));
}

export function confirmCancel(reference, opener) {
  return new Promise(answer => {
    const dialog = h('dialog', { class: 'confirm', 'aria-labelledby': 'confirm-title', 'aria-describedby': 'confirm-text', onclose: () => {
      dialog.remove();
      opener?.focus?.();
      answer(dialog.returnValue === 'yes');
    } },
    h('form', { method: 'dialog' },
      h('h2', { id: 'confirm-title' }, `Cancel the dispatch of ${isolated(reference)}?`),
      h('p', { id: 'confirm-text' }, 'No further calls. A person who is on the phone now hears that the dispatch was cancelled.'),
      h('footer', {}, h('button', { value: 'no', class: 'secondary', autofocus: true }, 'Keep calling'),
          h('button', { value: 'yes', class: 'danger' }, 'Cancel it'))));
    document.body.append(dialog);
    dialog.showModal();
  });
}
