import { h, icon } from './dom.js';

// Sound: the browser's own voice, and a ring made of two tones. Off until the visitor switches it on, as browsers demand.

let isOn = false;
let audio;
let ringing;
let note;

export function startSound() {
  note = document.getElementById('sound-note');
  const button = document.getElementById('sound');
  const draw = () => {
    button.setAttribute('aria-pressed', String(isOn));
    button.title = isOn ? 'Sound is on: phones ring, and speak at ×1' : 'Sound is off';
    button.replaceChildren(icon(isOn ? 'bell' : 'mute'));
  };
  const set = on => {
    isOn = on;
    if (isOn)
      audio ??= new AudioContext();
    else
      hush();
    draw();
    tell(isOn ? '' : mute, isOn ? null : () => set(true));
    if (isOn)
      setTimeout(() => isOn && !hasVoices() && tell(voiceless), 1500);
  };
  button.addEventListener('click', () => set(!isOn));
  draw();
  tell(mute, () => set(true));
}

const mute = 'The phones are mute: a browser lets no page sound before something on it is pressed.';
const voiceless = 'This browser has no voices, so nothing can be heard of the words: read them on the telephone.';
const hasVoices = () => 'speechSynthesis' in window && speechSynthesis.getVoices().length > 0;

function tell(words, offer) {
  note.replaceChildren(words, offer ? h('button', { type: 'button', class: 'plain', onclick: offer }, 'Switch the sound on') : '');
  note.hidden = words === '';
}

export const soundIsOn = () => isOn;

// Asked for by a click, so it may sound although the phones are mute.
export function say(text, language) {
  if (!('speechSynthesis' in window))
    return tell(voiceless);
  speechSynthesis.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.lang = language || 'en';
  const voices = speechSynthesis.getVoices();
  words.voice = voices.find(voice => voice.lang.replace('_', '-') === words.lang) ?? voices.find(voice => voice.lang.startsWith(words.lang.slice(0, 2))) ?? null;
  // Chromium refuses at once, and has no voices, until something on the page was pressed.
  words.onerror = fault => {
    if (fault.error === 'not-allowed')
      tell('The browser did not let the page speak before something on it is pressed.', () => { tell(''); say(text, language); });
    else if (fault.error !== 'canceled' && fault.error !== 'interrupted')
      tell(hasVoices() ? `The browser could not speak this (${fault.error}).` : voiceless);
  };
  words.onstart = () => tell(isOn ? '' : mute, isOn ? null : () => document.getElementById('sound').click());
  speechSynthesis.speak(words);
}

export function hush() {
  if ('speechSynthesis' in window)
    speechSynthesis.cancel();
}

export function ring(on) {
  if (on === Boolean(ringing))
    return;
  clearInterval(ringing);
  ringing = on ? setInterval(burst, 2400) : null;
  if (on)
    burst();
}

function burst() {
  if (!isOn || !audio)
    return;
  const loudness = audio.createGain();
  loudness.connect(audio.destination);
  const now = audio.currentTime;
  loudness.gain.setValueAtTime(0, now);
  for (const start of [0, 0.5]) {
    loudness.gain.linearRampToValueAtTime(0.05, now + start + 0.02);
    loudness.gain.setValueAtTime(0.05, now + start + 0.36);
    loudness.gain.linearRampToValueAtTime(0, now + start + 0.4);
  }
  for (const pitch of [400, 450]) {
    const tone = audio.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(loudness);
    tone.start(now);
    tone.stop(now + 1);
  }
}
