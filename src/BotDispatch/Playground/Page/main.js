import { h, icon, isolated } from './dom.js';
import { state, on, publish, persona } from './state.js';
import { post } from './api.js';
import { connect, watch } from './stream.js';
import { startClock } from './clock.js';
import { startChannel, sayPrivately, showWhenThere } from './channel.js';
import { startComposer, putBack } from './composer.js';
import { openForm, confirmCancel } from './dialog.js';
import { startPhones } from './phones.js';
import { startSound } from './speech.js';
import { startTheme, startTabs, startConnection } from './frame.js';

// Assembles the page.

function announce(text) {
  const log = document.getElementById('announcer');
  log.append(h('p', {}, text));
  while (log.childElementCount > 20)
    log.firstElementChild.remove();
}

function take(answer, asked) {
  if (answer.kind === 'private')
    sayPrivately(answer.text, { asked, about: answer.about });
  else if (answer.kind === 'form')
    openForm(answer.form, {
      started: begun => showWhenThere(begun.about),
      refused: refusal => sayPrivately(refusal.text, { about: refusal.about }),
    });
}

async function send(text) {
  try {
    take(await post('command', { as: state.me, text, delivery: crypto.randomUUID() }), text.startsWith('/') ? text : undefined);
  } catch (fault) {
    putBack(text);
    sayPrivately(fault.message);
  }
}

async function press(card, button, element) {
  if (button.action === 'Cancel' && !await confirmCancel(card.reference, element))
    return;
  element.disabled = true;
  try {
    const answer =
        await post('press', { as: state.me, dispatch: card.dispatch, action: button.action, callee: button.callee, round: button.round });
    if (answer.kind === 'private' && button.action === 'TakeIt' && persona()?.role === 'dispatcher')
      answer.text += '\n\nIn this playground: choose an employee under “You are”, then press it again.';
    take(answer);
  } catch (fault) {
    sayPrivately(fault.message);
  } finally {
    element.disabled = false;
  }
}

async function playStory(event) {
  const button = event.currentTarget;
  button.disabled = true;
  try {
    const answer = await post('story');
    if (answer.kind === 'private')
      sayPrivately(answer.text, { about: answer.about });
    else
      showWhenThere(answer.about);
  } catch (fault) {
    sayPrivately(fault.message);
  } finally {
    button.disabled = false;
  }
}

function startPersonas() {
  const select = document.getElementById('me');
  on('state', () => {
    state.me = state.personas.some(each => each.id === sessionStorage.getItem('playground-me'))
        ? sessionStorage.getItem('playground-me')
        : state.personas[0]?.id;
    select.replaceChildren(...state.personas.map(each =>
        h('option', { value: each.id }, each.role === 'dispatcher' ? `${isolated(each.name)} (dispatcher)` : each.name)));
    select.value = state.me;
  });
  select.addEventListener('change', () => {
    state.me = select.value;
    sessionStorage.setItem('playground-me', state.me);
    publish('persona');
  });
}

startTheme();
startTabs();
startConnection();
startPersonas();
startClock(announce);
startChannel({ press, announce });
startComposer(send);
startPhones(sayPrivately);
startSound();
const play = document.getElementById('play');
play.prepend(icon('play', 18));
play.addEventListener('click', playStory);
connect();
watch();
if (matchMedia('(min-width: 60rem)').matches)
  document.getElementById('typed').focus();
