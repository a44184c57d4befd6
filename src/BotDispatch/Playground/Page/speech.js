import { icon } from './dom.js';

// Sound: the browser's own voice, and a ring made of two tones. Off until the visitor switches it on, as browsers demand.

let isOn = false;
let audio;
let ringing;

export function startSound(changed) {
  const button = document.getElementById('sound');
  const draw = () => {
    button.setAttribute('aria-pressed', String(isOn));
    button.title = isOn ? 'Sound is on: phones ring, and speak at ×1' : 'Sound is off';
    button.replaceChildren(icon(isOn ? 'bell' : 'mute'));
  };
  button.addEventListener('click', () => {
    isOn = !isOn;
    if (isOn)
      audio ??= new AudioContext();
    else
      hush();
    draw();
    changed();
  });
  draw();
}

export const soundIsOn = () => isOn;

// Asked for by a click, so it may sound although the phones are mute.
export function say(text, language) {
  if (!('speechSynthesis' in window))
    return;
  speechSynthesis.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.lang = language || 'en';
  const voices = speechSynthesis.getVoices();
  words.voice = voices.find(voice => voice.lang.replace('_', '-') === words.lang) ?? voices.find(voice => voice.lang.startsWith(words.lang.slice(0, 2))) ?? null;
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
