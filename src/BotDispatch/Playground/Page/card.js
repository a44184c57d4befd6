import { h, icon, avatar, isolated, reconcile } from './dom.js';

// The one message of a dispatch that is redrawn in place. Its parts are updated and not replaced, so a pressed button keeps its focus.

const outcomes = { Accepted: 'good', Rejected: 'bad', 'No answer': 'quiet', Busy: 'warn', 'Call ended early': 'quiet' };

export function makeCard(press) {
  const parts = {
    reference: h('span', { class: 'reference' }),
    priority: h('span', { class: 'priority' }),
    status: h('span', { class: 'status' }),
    title: h('h3'),
    place: h('p', { class: 'place' }),
    description: h('p', { class: 'description' }),
    unfold: h('button', { type: 'button', class: 'plain unfold', 'aria-expanded': 'false', hidden: true }, 'Show all'),
    note: h('p', { class: 'note' }),
    headline: h('p', { class: 'headline' }),
    timer: h('p', { class: 'timer' }),
    next: h('p', { class: 'next' }),
    also: h('p', { class: 'next' }),
    people: h('ol', { class: 'roster', 'aria-label': 'People, in order' }),
    buttons: h('div', { class: 'buttons' }),
  };
  const element = h('article', { class: 'card' },
    h('header', {}, parts.reference, parts.priority, parts.status),
    parts.title, parts.place, parts.description, parts.unfold, parts.note,
    h('div', { class: 'now' }, h('span', { class: 'pulse', 'aria-hidden': 'true' }), parts.headline, parts.timer),
    parts.people, parts.next, parts.also, parts.buttons);
  parts.unfold.addEventListener('click', () => {
    const isOpen = parts.description.classList.toggle('open');
    parts.unfold.setAttribute('aria-expanded', String(isOpen));
    parts.unfold.textContent = isOpen ? 'Show less' : 'Show all';
  });
  // Whether the text is cut depends on the width of the page.
  new ResizeObserver(() => {
    parts.unfold.hidden = !parts.description.classList.contains('open')
        && parts.description.scrollHeight <= parts.description.clientHeight + 1;
  }).observe(parts.description);
  return { element, draw: card => draw(element, parts, card, press) };
}

function draw(element, parts, card, press) {
  element.dataset.status = card.status.toLowerCase();
  element.dataset.dispatch = card.dispatch;
  element.setAttribute('aria-label', `${isolated(card.reference)}: ${card.status}`);
  drawReference(parts.reference, card);
  fill(parts.priority, card.priority);
  parts.priority.dataset.priority = levelOf(card.priority);
  fill(parts.status, card.status);
  fill(parts.title, card.isFreeText ? card.title || card.reference : card.title);
  fill(parts.place, card.place);
  fill(parts.description, card.description);
  fill(parts.note, card.note && `Note from ${isolated(card.askedBy)}: ${isolated(card.note)}`);
  fill(parts.headline, card.headline);
  drawTimer(parts.timer, card);
  fill(parts.next, card.next && `Next: ${card.next}`);
  // Cards that an earlier release drew lack this field.
  fill(parts.also, card.alsoIn?.length > 0 && `Also in ${card.alsoIn.map(isolated).join(', ')}`);
  // Two people may have the same name, and a re-dispatch may put others in their places.
  reconcile(parts.people, card.people.map((person, place) => ({ ...person, place })),
      person => `${person.place} ${person.name}`, makePerson, drawPerson);
  reconcile(parts.buttons, card.buttons, button => button.action, () => h('button', { type: 'button' }), (element, button) => {
    element.textContent = button.label;
    element.className = classOf(button.action);
    element.onclick = () => press(card, button, element);
  });
  parts.buttons.hidden = card.buttons.length === 0;
}

// Every ticket system has its own words for the priority.
export function levelOf(priority) {
  const words = (priority ?? '').trim().toLowerCase();
  if (/^(p|prio(rity)?|s|sev(erity)?)?[ .-]*[01]\b/.test(words)
      || /critical|blocker|highest|emergency|urgent|immediate|kritisch|dringend|critique|crítica|κρίσιμ/.test(words))
    return 'critical';
  if (/^(p|prio(rity)?|s|sev(erity)?)?[ .-]*2\b/.test(words) || /\bhigh\b|major|hoch|haute|\balta\b|υψηλ/.test(words))
    return 'high';
  if (/^(p|prio(rity)?|s|sev(erity)?)?[ .-]*3\b/.test(words) || /medium|moderate|normal|mittel|moyenne|\bmedia\b|μεσαί/.test(words))
    return 'medium';
  return 'low';
}

const classOf = action => ({ Cancel: 'danger', Redispatch: 'secondary', Done: 'primary' })[action] ?? 'secondary';

function fill(element, text) {
  element.hidden = !text;
  if (element.textContent !== (text ?? ''))
    element.textContent = text ?? '';
}

function drawReference(element, card) {
  element.hidden = card.isFreeText;
  const link = /^https?:\/\//i.test(card.link ?? '') ? card.link : null;
  if (element.dataset.shown === `${card.reference} ${link}`)
    return;
  element.dataset.shown = `${card.reference} ${link}`;
  element.replaceChildren(link ? h('a', { href: link, target: '_blank', rel: 'noopener noreferrer' }, card.reference) : card.reference);
}

function drawTimer(element, card) {
  element.hidden = !card.until;
  if (!card.until) {
    element.replaceChildren();
    return;
  }
  const label = card.status === 'Calling' ? 'rings for' : 'goes on in';
  let counter = element.querySelector('time');
  if (!counter) {
    counter = h('time');
    element.replaceChildren(h('span'), ' ', counter);
  }
  element.firstElementChild.textContent = label;
  counter.dataset.until = card.until;
}

function makePerson(person) {
  return h('li', {}, avatar(person.name), h('span', { class: 'who' }, h('span', { class: 'name' }, person.name),
      h('span', { class: 'state' })), h('span', { class: 'calls' }));
}

function drawPerson(element, person) {
  element.classList.toggle('current', person.isCurrent);
  element.dataset.state = person.state.toLowerCase();
  if (person.isCurrent)
    element.setAttribute('aria-current', 'step');
  else
    element.removeAttribute('aria-current');
  fill(element.querySelector('.state'), person.state);
  reconcile(element.querySelector('.calls'), person.calls.map((outcome, index) => ({ outcome, index })),
      call => call.index, () => h('span', { class: 'call' }), (chip, call) => {
    chip.dataset.tone = call.outcome ? outcomes[call.outcome] ?? 'bad' : 'live';
    chip.replaceChildren(icon(call.outcome === 'Accepted' ? 'check' : 'phone', 14), call.outcome ?? 'Calling');
    chip.setAttribute('aria-label', `Call ${call.index + 1}: ${call.outcome ?? 'under way'}`);
    chip.setAttribute('role', 'img');
  });
}
