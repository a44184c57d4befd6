import { state, publish } from './state.js';

// The one stream of events. On each connection the server sends everything again, so nothing is ever missed.

const longestSilence = 15_000;
let source;
let lastNews;
let wait = 500;

export function connect() {
  source?.close();
  source = new EventSource('/playground/api/stream');
  lastNews = Date.now();
  for (const name of ['state', 'message', 'phone', 'clock'])
    source.addEventListener(name, event => {
      lastNews = Date.now();
      receive(name, JSON.parse(event.data));
    });
  source.addEventListener('error', () => {
    show(false);
    // After any other error than a lost connection, a browser never reconnects by itself.
    if (source.readyState === EventSource.CLOSED)
      again();
  });
}

export function watch() {
  setInterval(() => {
    if (Date.now() - lastNews > longestSilence) {
      show(false);
      connect();
    }
  }, 2000);
  addEventListener('online', connect);
}

function again() {
  const broken = source;
  setTimeout(() => source === broken && connect(), wait);
  wait = Math.min(wait * 2, 8000);
}

function show(connected) {
  if (state.connected === connected)
    return;
  state.connected = connected;
  publish('connection', connected);
}

function receive(name, news) {
  if (name === 'state') {
    wait = 500;
    Object.assign(state, {
      channel: news.channel,
      personas: news.personas,
      habits: news.habits,
      phones: new Map(news.phones.map(phone => [phone.id, phone])),
      messages: new Map(news.messages.map(message => [message.id, message])),
    });
    publish('clock', news.clock);
    publish('state');
    show(true);
  } else if (name === 'message') {
    const before = state.messages.get(news.id);
    state.messages.set(news.id, news);
    publish('message', { message: news, before });
  } else if (name === 'phone') {
    state.phones.set(news.id, news);
    publish('phone', news);
  } else {
    publish('clock', news);
  }
}
