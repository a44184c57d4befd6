import { h, icon, avatar, isolated, reconcile } from './dom.js';
import { state, on, persona } from './state.js';
import { hourAndMinute, fullTime } from './clock.js';
import { makeCard } from './card.js';

// The channel: messages in order, each card with its thread below it, and between them the messages that only the visitor sees.

const unfolded = 6;
const timeline = document.getElementById('timeline');
const cards = new Map();
const below = document.getElementById('below');
const live = document.getElementById('live');
let privateWords = [];
let awaited;
let press;
let announce;

export function startChannel(actions) {
  ({ press, announce } = actions);
  on('state', () => {
    cards.clear();
    timeline.replaceChildren();
    draw();
    toEnd();
  });
  below.addEventListener('click', toEnd);
  timeline.addEventListener('scroll', () => {
    below.hidden = below.hidden || isAtEnd();
    drawLive();
  }, { passive: true });
  live.addEventListener('click', () => showDispatch(live.dataset.dispatch));
  on('persona', draw);
  on('message', ({ message, before }) => {
    const follow = isAtEnd();
    draw();
    if (awaited && message.kind === 'card' && message.body.dispatch === awaited)
      showWhenThere(awaited);
    else if (follow || (message.kind === 'said' && message.author === persona()?.name))
      toEnd();
    else if (!before)
      below.hidden = false;
    speakOf(message, before);
  });
}

// A message for the visitor alone is shown once and not stored, as in the chats.
export function sayPrivately(text, { asked, about } = {}) {
  const last = Math.max(0, ...[...state.messages.values()].map(message => message.seq));
  const follow = isAtEnd();
  // Chats fold nothing. Here visitors want to see the live card, so only the newest private message stays open.
  privateWords.forEach(words => { words.isFolded ||= words.as === state.me; });
  const seq = last + 0.5 + privateWords.length / 1e6;
  privateWords.push({ id: `p${crypto.randomUUID()}`, seq, kind: 'private', as: state.me, text, asked, about });
  draw();
  const words = timeline.querySelector(`[data-key="${privateWords.at(-1).id}"]`);
  if (follow)
    toEnd();
  else
    words?.scrollIntoView({ block: 'nearest' });
  announce(text);
}

// A dispatch that the visitor started is scrolled into view, also if its card is still to come.
export function showWhenThere(dispatch) {
  awaited = showDispatch(dispatch) ? null : dispatch;
}

function showDispatch(dispatch) {
  const found = [...cards.values()].find(card => card.element.dataset.dispatch === dispatch);
  found?.element.scrollIntoView({ block: 'center' });
  found?.element.classList.remove('found');
  requestAnimationFrame(() => found?.element.classList.add('found'));
  return Boolean(found);
}

export const toEnd = () => timeline.scrollTo({ top: timeline.scrollHeight });
const isAtEnd = () => timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < 120;

function draw() {
  const messages = [...state.messages.values()];
  const inChannel = messages.filter(message => !message.root);
  const echoes = messages.filter(message => message.root && message.body.alsoInChannel)
      .map(message => ({ ...message, id: `echo-${message.id}`, kind: 'echo' }));
  const all = [...inChannel, ...echoes, ...privateWords.filter(words => words.as === state.me)].sort((one, other) => one.seq - other.seq);
  reconcile(timeline, all.length > 0 ? all : [{ id: 'empty', kind: 'empty' }], message => message.id, make, update);
  requestAnimationFrame(drawLive);
}

// If the newest running dispatch was scrolled out of sight, one line about it stays above the channel.
function drawLive() {
  const open = [...state.messages.values()].filter(message => message.kind === 'card' && !message.body.isClosed)
      .sort((one, other) => one.seq - other.seq).at(-1);
  const now = open && cards.get(open.id)?.element.querySelector('.now').getBoundingClientRect();
  const frame = timeline.getBoundingClientRect();
  live.hidden = !now || frame.height === 0 || (now.bottom > frame.top && now.top < frame.bottom);
  if (live.hidden)
    return;
  live.dataset.dispatch = open.body.dispatch;
  const words = `${isolated(open.body.reference)}: ${open.body.headline}`;
  if (live.textContent !== words)
    live.textContent = words;
}

function make(message) {
  if (message.kind === 'empty')
    return empty();
  if (message.kind === 'private')
    return privately(message);
  if (message.kind === 'echo')
    return echo(message);
  if (message.kind === 'said')
    return row(message, avatar(message.author), h('p', { class: 'words' }, message.body.text));
  const card = makeCard(press);
  const thread = h('ol', { class: 'thread', 'aria-label': `Thread of ${isolated(message.body.reference)}` });
  cards.set(message.id, card);
  const more = h('button', { type: 'button', class: 'plain more', 'aria-expanded': 'false', onclick: () => {
    more.setAttribute('aria-expanded', String(more.getAttribute('aria-expanded') !== 'true'));
    fold(thread, more);
  } });
  return row(message, bot(), card.element, h('div', { class: 'under' }, more, thread));
}

// A long thread would push its card out of sight, so only its end stays unfolded.
function fold(thread, more) {
  const isOpen = more.getAttribute('aria-expanded') === 'true';
  const earlier = Math.max(0, thread.childElementCount - unfolded);
  for (const [index, reply] of [...thread.children].entries())
    reply.hidden = !isOpen && index < earlier;
  more.hidden = earlier === 0;
  more.textContent = isOpen ? 'Show only the latest' : `Show ${earlier} earlier`;
}

function update(element, message) {
  if (message.kind === 'private')
    element.querySelector('details').open = !message.isFolded;
  if (message.kind !== 'card')
    return;
  cards.get(message.id).draw(message.body);
  const replies = [...state.messages.values()].filter(reply => reply.root === message.id).sort((one, other) => one.seq - other.seq);
  element.querySelector('.under').hidden = replies.length === 0;
  const thread = element.querySelector('.thread');
  reconcile(thread, replies, reply => reply.id, makeReply);
  fold(thread, element.querySelector('.more'));
}

function row(message, picture, ...content) {
  return h('div', { class: `message is-${message.kind}` }, picture, h('div', { class: 'body' },
    h('p', { class: 'by' }, h('strong', {}, message.author),
        message.author === 'BotDispatch' && h('span', { class: 'app' }, 'App'), time(message.at)), ...content));
}

const bot = () => h('img', { class: 'avatar', src: '/playground/mark.svg', alt: '', width: 36, height: 36 });
const time = moment =>
    h('time', { datetime: new Date(moment).toISOString(), title: `${fullTime(moment)}, story time` }, hourAndMinute(moment));

const marks = { Good: 'check', Bad: 'phone', Alert: 'alert', Plain: 'dot' };

function makeReply(reply) {
  return h('li', {}, reply.body.lines.map(line => h('p', { class: 'line', data: { tone: line.tone.toLowerCase() } },
    h('span', { class: 'mark' }, icon(marks[line.tone] ?? 'dot', 14)),
    h('span', {}, line.text,
        line.mention && !line.text.includes(line.mention) && [' ', h('span', { class: 'mention' }, `@${isolated(line.mention)}`)]),
    time(reply.at))));
}

function echo(message) {
  const root = state.messages.get(message.root);
  return row(message, bot(),
    h('button', { type: 'button', class: 'replied', onclick: () => root && showDispatch(root.body.dispatch) }, icon('reply', 14),
        `replied to ${root ? isolated(root.body.reference) : 'a thread'}`),
    ...message.body.lines.map(line => h('p', { class: 'words', data: { tone: line.tone.toLowerCase() } }, line.text,
        line.mention && !line.text.includes(line.mention) && [' ', h('span', { class: 'mention' }, `@${isolated(line.mention)}`)])));
}

function privately(words) {
  return h('div', { class: 'message is-private' }, bot(), h('div', { class: 'body' },
    h('p', { class: 'by' }, icon('eye', 14), h('span', {}, 'Only visible to you')),
    h('details', { open: true, ontoggle: event => { words.isFolded = !event.target.open; } },
      h('summary', { class: 'asked' }, words.asked ? h('code', {}, words.asked) : 'Answer'),
      h('p', { class: 'words', tabindex: 0 }, words.text)),
    h('p', { class: 'after' },
      words.about && h('button', { type: 'button', class: 'plain', onclick: () => showDispatch(words.about) }, 'Show the dispatch'),
      h('button', { type: 'button', class: 'plain', onclick: () => dismiss(words.id) }, 'Dismiss'))));
}

function dismiss(id) {
  privateWords = privateWords.filter(words => words.id !== id);
  draw();
  document.getElementById('typed').focus();
}

function empty() {
  return h('div', { class: 'empty' },
    h('img', { src: '/playground/mark.svg', alt: '', width: 56, height: 56 }),
    h('h3', {}, 'Get a ticket accepted by phone'),
    h('p', {}, 'Type ', h('kbd', {}, '/dispatch INC-1042'), ' below and press ', h('kbd', {}, 'Enter'),
        '. Choose whom to phone, and watch.'),
    h('ol', {},
      h('li', {}, 'The bot phones the first person and reads the ticket aloud.'),
      h('li', {}, 'They press 1 to accept or 2 to reject on their telephone.'),
      h('li', {}, 'A person who does not answer is called three times; then the next one is called.')),
    h('p', { class: 'quiet' }, 'In a hurry? ', h('strong', {}, 'Play the story'),
        ' beside the telephones shows it all: half a minute at ×10, which it chooses, and four and a half minutes at ×1.'));
}

function speakOf(message, before) {
  if (message.kind === 'reply' && !before)
    announce(message.body.lines.map(line => line.text).join(' '));
  else if (message.kind === 'card' && message.body.status !== before?.body.status)
    announce(`${isolated(message.body.reference)}: ${message.body.status}. ${message.body.headline}`);
}
