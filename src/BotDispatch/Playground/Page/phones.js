import { h, icon, avatar, isolated, reconcile } from './dom.js';
import { state, on } from './state.js';
import { post } from './api.js';
import { speed } from './clock.js';
import { say, hush, ring, soundIsOn } from './speech.js';

// The telephones: each is small while idle, and a handset while it rings or talks.

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
const endings = { Completed: 'ended', NoAnswer: 'not picked up', Declined: 'declined', Busy: 'busy', Failed: 'failed', Unsent: 'not sent',
    Terminated: 'cut off' };
const spoken = new Map();
let list;
let complain;

export function startPhones(problem) {
  complain = problem;
  list = document.getElementById('handsets');
  const all = document.getElementById('all');
  on('state', () => {
    fillHabits(all, 'a habit…');
    for (const phone of state.phones.values())
      spoken.set(phone.id, phone.speechId);
    draw();
  });
  on('phone', phone => {
    draw();
    speak(phone);
  });
  all.addEventListener('change', () => {
    const habit = all.value;
    all.value = '';
    if (habit)
      Promise.all([...state.phones.values()].filter(phone => phone.habit)
          .map(phone => post(`phones/${encodeURIComponent(phone.id)}/habit`, { habit }))).catch(fault => complain(fault.message));
  });
}

function draw() {
  const phones = [...state.phones.values()];
  const ringing = phones.filter(phone => phone.state === 'Ringing');
  reconcile(list, phones.length > 0 ? phones : [{ id: 'none' }], phone => phone.id, phone =>
      phone.id === 'none' ? nobody() : make(phone), (element, phone) => phone.id === 'none' || update(element, phone));
  ring(ringing.length > 0);
  const badge = document.getElementById('ringing');
  badge.hidden = ringing.length === 0;
  badge.textContent = `${ringing.length} ringing`;
}

const nobody = () =>
    h('p', { class: 'none' }, 'The directory is empty. Add people to the file named by Employees:File; each gets a telephone here.');

function make(phone) {
  const act = what => () => post(`phones/${encodeURIComponent(phone.id)}/${what}`).catch(fault => complain(fault.message));
  const id = `phone-${phone.id.replace(/\W/g, '_')}`;
  const habit = h('select', { id: `${id}-habit`, onchange: event =>
      post(`phones/${encodeURIComponent(phone.id)}/habit`, { habit: event.target.value }).catch(fault => complain(fault.message)) });
  fillHabits(habit);
  return h('section', { class: 'handset', 'aria-labelledby': `${id}-name`, tabindex: -1 },
    h('header', {}, avatar(phone.name), h('span', { class: 'who' }, h('span', { class: 'name', id: `${id}-name` }, phone.name),
        h('span', { class: 'number' }, phone.number ?? '')), h('span', { class: 'doing' })),
    h('div', { class: 'screen', hidden: true },
      h('p', { class: 'caller' }, h('span', { class: 'rings', 'aria-hidden': 'true' }, icon('phone', 22)), h('span', { class: 'line' }),
          h('time'),
        h('button', { type: 'button', class: 'decline hangup', onclick: act('hangup') }, icon('phone', 18), 'Hang up')),
      h('p', { class: 'caption' }),
      h('p', { class: 'listening' }, h('span', { 'aria-hidden': 'true' }), 'Listening for a key'),
      h('div', { class: 'pickup' },
        h('button', { type: 'button', class: 'answer', onclick: act('answer') }, icon('phone'), 'Answer'),
        h('button', { type: 'button', class: 'decline', onclick: act('decline') }, icon('close'), 'Decline')),
      h('div', { class: 'pad', role: 'group', 'aria-label': `Keypad of ${isolated(phone.name)}` }, keys.map(key => h('button',
          { type: 'button', onclick: () => pressKey(phone.id, key), 'aria-label': { '*': 'star', '#': 'hash' }[key] ?? key }, key)))),
    h('footer', {}, h('label', { for: `${id}-habit` }, 'Habit'), habit, h('p', { class: 'about', id: `${id}-about` })));
}

function pressKey(id, key) {
  post(`phones/${encodeURIComponent(id)}/press`, { keys: key }).catch(fault => complain(fault.message));
}

function update(element, phone) {
  const find = selector => element.querySelector(selector);
  const talking = phone.state === 'Talking';
  const ringing = phone.state === 'Ringing';
  const isNew = element.dataset.state !== phone.state.toLowerCase() && (ringing || talking);
  const hadFocus = element.contains(document.activeElement) && document.activeElement.closest('.screen');
  element.dataset.state = phone.problem ? 'none' : phone.state.toLowerCase();
  const lastCall = phone.lastEnded ? `Last call: ${endings[phone.lastEnded] ?? phone.lastEnded}` : 'Idle';
  find('.doing').textContent = phone.problem ?? (ringing ? 'Ringing' : talking ? 'On the phone' : lastCall);
  find('footer').hidden = Boolean(phone.problem);
  find('.screen').hidden = !ringing && !talking;
  find('.caller .line').textContent = ringing ? 'BotDispatch is calling' : 'BotDispatch';
  find('.caller time').dataset.since = phone.since ?? Date.now();
  const caption = find('.caption');
  caption.hidden = !talking;
  if (caption.textContent !== (phone.speaking ?? ''))
    caption.textContent = phone.speaking ?? '';
  caption.lang = phone.spokenLanguage ?? phone.language;
  caption.classList.toggle('silent', talking && !phone.speaking);
  find('.listening').hidden = !talking || !phone.listening;
  find('.pickup').hidden = !ringing;
  find('.pad').hidden = !talking;
  find('.hangup').hidden = !talking;
  drawHabit(find('select'), find('.about'), phone.habit);
  // A pressed button disappears with the state that it ended.
  if (hadFocus && !document.activeElement.checkVisibility?.())
    (talking ? find('.pad button') : element).focus({ preventScroll: true });
  if (isNew)
    reveal(element);
}

// Only the list is scrolled. On a small screen the list may be the page, which only the reader scrolls.
function reveal(element) {
  const above = element.offsetTop;
  if (above < list.scrollTop || above + element.offsetHeight > list.scrollTop + list.clientHeight)
    list.scrollTo({ top: above - 8 });
}

function fillHabits(select, first) {
  const shown = select.value;
  select.replaceChildren(first ? h('option', { value: '' }, first) : '',
      ...state.habits.map(habit => h('option', { value: habit.name }, habit.label)));
  select.value = first ? '' : shown;
}

function drawHabit(select, about, name) {
  const habit = state.habits.find(each => each.name === name);
  const custom = select.querySelector('[data-custom]');
  if (!habit && name && !custom)
    select.prepend(h('option', { value: name, data: { custom: 'yes' } }, 'As the story has it'));
  else if (habit)
    custom?.remove();
  if (name && select.value !== name)
    select.value = name;
  about.textContent = habit?.description ?? (name ? 'Answers, hears everything twice, then presses 2.' : '');
}

function speak(phone) {
  const before = spoken.get(phone.id);
  spoken.set(phone.id, phone.speechId);
  if (phone.state !== 'Talking') {
    if (before !== undefined && [...state.phones.values()].every(each => each.state !== 'Talking'))
      hush();
    return;
  }
  // Above normal speed nobody could follow the voice, so only the captions go on.
  if (phone.speaking && phone.speechId !== before && soundIsOn() && speed() <= 1)
    say(phone.speaking, phone.spokenLanguage ?? phone.language);
}
