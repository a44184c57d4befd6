#!/usr/bin/env bash
# multimon-ng 1.2.0 (Debian 12), which checks what keys are in a recording of a call: a key whose two tones differ by 5 dB,
# or lie 1.5 % too high, is not heard at all; one press with a gap of 10 ms in it, as one lost packet makes, is two.
#
# Loudness does not matter: a thousandth of it is enough. Neither does duration: 30 ms are a key and 3 s are one. So a
# recording without the key does not show that nobody pressed it, and "1 1" does not show two presses.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")"/debian.mjs "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { writeFileSync } from 'node:fs';
import { run, unpack } from './debian.mjs';

unpack(['coreutils', 'dash', 'multimon-ng=1.2.0+dfsg-1']);
const rate = 22050;
const silence = ms => new Array(Math.round(ms * rate / 1000)).fill(0);
// The key 1: 697 Hz and 1209 Hz, with the strength of each, and all frequencies times pitch.
const one = (ms, { low = 0.4, high = 0.4, pitch = 1 } = {}) => silence(ms).map((_, at) =>
    low * Math.sin(2 * Math.PI * 697 * pitch * at / rate) + high * Math.sin(2 * Math.PI * 1209 * pitch * at / rate));
const weaker = decibels => 0.4 * 10 ** (-decibels / 20);
function show(name, ...parts) {
    writeFileSync('call.raw', Int16Array.from([...silence(200), ...parts.flat(), ...silence(200)], sample => Math.round(sample * 32767)));
    const keys = run(['multimon-ng', '-q', '-t', 'raw', '-a', 'DTMF', '/tmp/call.raw']).match(/\d$/gm) ?? ['nothing'];
    console.log(`${name}: ${keys.join(' ')}`);
}

show('100 ms', one(100));
show('30 ms', one(30));
show('3 s', one(3000));
show('a thousandth as loud', one(100, { low: 0.0004, high: 0.0004 }));
for (const decibels of [3, 4, 5, 6]) show(`high tone ${decibels} dB weaker`, one(100, { high: weaker(decibels) }));
for (const decibels of [3, 4, 5, 6]) show(`low tone ${decibels} dB weaker`, one(100, { low: weaker(decibels) }));
for (const pitch of [0.985, 1.01, 1.015]) show(`pitch times ${pitch}`, one(100, { pitch }));
for (const ms of [5, 10, 20, 40]) show(`200 ms with a gap of ${ms} ms`, one(100), silence(ms), one(100));
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
100 ms: 1
30 ms: 1
3 s: 1
a thousandth as loud: 1
high tone 3 dB weaker: 1
high tone 4 dB weaker: 1
high tone 5 dB weaker: nothing
high tone 6 dB weaker: nothing
low tone 3 dB weaker: 1
low tone 4 dB weaker: 1
low tone 5 dB weaker: nothing
low tone 6 dB weaker: nothing
pitch times 0.985: 1
pitch times 1.01: 1
pitch times 1.015: nothing
200 ms with a gap of 5 ms: 1
200 ms with a gap of 10 ms: 1 1
200 ms with a gap of 20 ms: 1 1
200 ms with a gap of 40 ms: 1 1
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
