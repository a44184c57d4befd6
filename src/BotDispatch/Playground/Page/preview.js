import { h, icon } from './dom.js';
import { post } from './api.js';
import { say, hush } from './speech.js';

// The preview: what each picked person will hear, word for word, from the server's own speech code, with the note as it is.

const pause = 300;

export function makePreview(form, note) {
  const list = h('ol');
  const element = h('section', { class: 'preview', 'aria-labelledby': 'preview-title' },
    h('h3', { id: 'preview-title' }, 'What they will hear'), list, h('p', { class: 'none' }, 'Pick somebody to read what they will hear.'));
  let picked = [];
  let timer;
  let asking = new AbortController();

  function show(people) {
    picked = people;
    element.querySelector('.none').hidden = people.length > 0;
    const open = list.querySelector('details[open]')?.dataset.id;
    list.replaceChildren(...people.map((person, index) =>
        h('li', {}, h('details', { name: 'preview', data: { id: person.id }, open: open ? open === person.id : index === 0 },
      h('summary', {}, person.name), h('p', { class: 'spoken', lang: null }, person.spokenPreview), unspoken(person.notSpoken),
      h('button', { type: 'button', class: 'plain', onclick: event => listen(event.currentTarget) }, icon('play', 14), 'Listen')))));
    ask();
  }

  function renew() {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  }

  function ask() {
    asking.abort();
    asking = new AbortController();
    for (const person of picked)
      post('preview', { ticket: form.ticket.reference, isFreeText: form.ticket.isFreeText, employee: person.id, note: note() },
          asking.signal).then(answer => {
        const words = list.querySelector(`details[data-id="${CSS.escape(person.id)}"] .spoken`);
        if (words) {
          words.textContent = answer.text;
          words.lang = answer.language;
          words.nextElementSibling.replaceWith(unspoken(answer.notSpoken));
        }
      }, () => { /* The words of the opening stay; the next change asks again. */ });
  }

  const unspoken = words =>
      h('p', { class: 'unspoken', hidden: !words }, h('strong', {}, 'Not spoken, because it is too long: '), words ?? '');

  function listen(button) {
    const words = button.parentElement.querySelector('.spoken');
    say(words.textContent, words.lang);
  }

  return { element, show, renew, stop: () => { clearTimeout(timer); asking.abort(); hush(); } };
}
