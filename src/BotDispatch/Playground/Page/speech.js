import { h, icon } from './dom.js';

// Sound: the browser's own voice, and a ring of two tones. It is off until the visitor switches it on, because browsers demand that.

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
    announce(isOn ? '' : mute, isOn ? null : () => set(true));
    if (isOn)
      setTimeout(() => isOn && !hasVoices() && announce(voiceless), 1500);
  };
  button.addEventListener('click', () => set(!isOn));
  draw();
  announce(mute, () => set(true));
}

const mute = 'The phones are mute: the browser plays no sound until you click something on this page.';
const voiceless = 'This browser has no voices, so it cannot speak: read the words on the telephone.';
const hasVoices = () => 'speechSynthesis' in window && speechSynthesis.getVoices().length > 0;

function announce(words, offer) {
  note.replaceChildren(words, offer ? h('button', { type: 'button', class: 'plain', onclick: offer }, 'Switch the sound on') : '');
  note.hidden = words === '';
}

export const soundIsOn = () => isOn;

// The visitor clicked for it, so it sounds even if the phones are mute.
export function say(text, language) {
  if (!('speechSynthesis' in window))
    return announce(voiceless);
  speechSynthesis.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.lang = language || 'en';
  const voices = speechSynthesis.getVoices();
  words.voice = voices.find(voice => voice.lang.replace('_', '-') === words.lang)
      ?? voices.find(voice => voice.lang.startsWith(words.lang.slice(0, 2)))
      ?? null;
  // Chromium refuses at once, and has no voices, until the visitor has pressed something on the page.
  words.onerror = fault => {
    if (fault.error === 'not-allowed')
      announce('The browser does not let this page speak until you click something on it.', () => { announce(''); say(text, language); });
    else if (fault.error !== 'canceled' && fault.error !== 'interrupted')
      announce(hasVoices() ? `The browser could not speak this (${fault.error}).` : voiceless);
  };
  words.onstart = () => announce(isOn ? '' : mute, isOn ? null : () => document.getElementById('sound').click());
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
