// The state that the server sent, and the functions that listen to it. Views read from here and never keep a copy.

export const state = { connected: null, personas: [], habits: [], phones: new Map(), messages: new Map(), me: 'dispatcher' };

const listeners = new Map();

export function on(name, listener) {
  listeners.set(name, [...(listeners.get(name) ?? []), listener]);
}

export function publish(name, news) {
  for (const listener of listeners.get(name) ?? [])
    listener(news);
}

export const persona = () => state.personas.find(each => each.id === state.me) ?? state.personas[0];
