import { on } from './state.js';
import { post } from './api.js';

// The dispatch time: the server's time, which the page continues at the server's speed between two messages.

let reading = { now: Date.now(), speed: 1, at: performance.now() };
const hours = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const minutes = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });

export const dispatchNow = () => reading.now + (performance.now() - reading.at) * reading.speed;
export const speed = () => reading.speed;
export const hourAndMinute = moment => minutes.format(moment);
export const fullTime = moment => `${day.format(moment)}, ${hours.format(moment)}`;

export function left(until) {
  const seconds = Math.max(0, Math.ceil((until - dispatchNow()) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function startClock(announce) {
  const face = document.getElementById('clock');
  const radios = [...document.querySelectorAll('input[name=speed]')];

  on('clock', clock => {
    reading = { now: clock.now, speed: clock.speed, at: performance.now() };
    for (const radio of radios)
      radio.checked = Number(radio.value) === clock.speed;
    document.documentElement.dataset.speed = clock.speed;
    tick();
  });
  for (const radio of radios)
    radio.addEventListener('change', () => post('speed', { speed: Number(radio.value) }).catch(fault => announce(fault.message)));

  const tick = () => {
    const now = dispatchNow();
    face.textContent = hours.format(now);
    face.dateTime = new Date(now).toISOString();
    face.title = fullTime(now);
    for (const counter of document.querySelectorAll('[data-until]'))
      counter.textContent = left(Number(counter.dataset.until));
    for (const counter of document.querySelectorAll('[data-since]'))
      counter.textContent = since(Number(counter.dataset.since), now);
  };
  setInterval(tick, 200);
}

function since(moment, now) {
  const seconds = Math.max(0, Math.floor((now - moment) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
