import { state, tell } from './state.js';

// The one stream. The server tells everything anew on each connection, so nothing can be missed, only late.

const patience = 15_000;
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
    // A browser gives up for good on anything but a lost connection.
    if (source.readyState === EventSource.CLOSED)
      again();
  });
}

export function watch() {
  setInterval(() => {
    if (Date.now() - lastNews > patience) {
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
  tell('connection', connected);
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
    tell('clock', news.clock);
    tell('state');
    show(true);
  } else if (name === 'message') {
    const before = state.messages.get(news.id);
    state.messages.set(news.id, news);
    tell('message', { message: news, before });
  } else if (name === 'phone') {
    state.phones.set(news.id, news);
    tell('phone', news);
  } else {
    tell('clock', news);
  }
}
