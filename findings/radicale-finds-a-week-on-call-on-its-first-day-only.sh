#!/usr/bin/env bash
# radicale 3.1.8 (Debian 12) asked by tsdav 2.3.4 who is on call on one day: a week written as DURATION:P7D is found on its first
# day only, the same week written with DTEND on each, and a rota is not expanded, although "expand: true" asks for it.
#
# A length of whole days, PT24H as well, counts as none in the filter by time; PT8H and PT30H count. What is expanded by CalDAV
# has a DTSTART within the day. Here the rota of each night comes with its first night in January and its rule, and no word
# about it, so that a program which looks at DTSTART finds nobody.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cp "$(dirname "$0")/debian.mjs" "$scratch"
cd "$scratch"
npm install --silent --no-audit --no-fund tsdav@2.3.4 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { mkdirSync, writeFileSync } from 'node:fs';
import { DAVClient } from 'tsdav';
import { answers, freePort, start, unpack } from './debian.mjs';

unpack(['coreutils', 'dash', 'radicale=3.1.8-2']);
const port = await freePort();
const address = `http://127.0.0.1:${port}`;
mkdirSync('collections');
writeFileSync('radicale.conf', `[server]\nhosts = 127.0.0.1:${port}\n[auth]\ntype = none\n[storage]\nfilesystem_folder = /tmp/collections\n[rights]\ntype = authenticated\n`);
const radicale = start(['radicale', '--config', '/tmp/radicale.conf']);
await answers(address);

const headers = { authorization: `Basic ${Buffer.from('ann:none').toString('base64')}`, 'content-type': 'text/calendar' };
await fetch(`${address}/ann/rota/`, { method: 'MKCALENDAR', headers });
for (const [name, ...lines] of [
    ['each-night', 'DTSTART:20260101T220000Z', 'DURATION:PT8H', 'RRULE:FREQ=DAILY'],
    ['each-15th', 'DTSTART:20260115T220000Z', 'DURATION:PT8H', 'RRULE:FREQ=MONTHLY'],
    ['a-week-p7d', 'DTSTART:20261128T080000Z', 'DURATION:P7D'],
    ['a-week-dtend', 'DTSTART:20261128T080000Z', 'DTEND:20261205T080000Z'],
    ['thirty-hours', 'DTSTART:20261130T220000Z', 'DURATION:PT30H'],
    ['twenty-four-hours', 'DTSTART:20261130T220000Z', 'DURATION:PT24H']]) {
    const event = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//example//rota//EN', 'BEGIN:VEVENT', `UID:${name}`, 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''];
    await fetch(`${address}/ann/rota/${name}.ics`, { method: 'PUT', headers, body: event.join('\r\n') });
}
const client = new DAVClient({ serverUrl: address, credentials: { username: 'ann', password: 'none' }, authMethod: 'Basic', defaultAccountType: 'caldav' });
await client.login();
const [calendar] = await client.fetchCalendars();
for (const [start, end] of [['2026-11-28', '2026-11-29'], ['2026-12-01', '2026-12-02']]) {
    const found = await client.fetchCalendarObjects({ calendar, timeRange: { start: `${start}T00:00:00Z`, end: `${end}T00:00:00Z` }, expand: true });
    console.log(start);
    for (const { data } of found.sort((one, other) => one.url < other.url ? -1 : 1))
        console.log(`  ${['UID', 'DTSTART', 'RRULE'].map(name => data.match(new RegExp(`^${name}.*$`, 'm'))?.[0].trim()).filter(Boolean).join(' ')}`);
}
radicale.kill('SIGKILL');
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
2026-11-28
  UID:a-week-dtend DTSTART:20261128T080000Z
  UID:a-week-p7d DTSTART:20261128T080000Z
  UID:each-night DTSTART:20260101T220000Z RRULE:FREQ=DAILY
2026-12-01
  UID:a-week-dtend DTSTART:20261128T080000Z
  UID:each-night DTSTART:20260101T220000Z RRULE:FREQ=DAILY
  UID:thirty-hours DTSTART:20261130T220000Z
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 1 December 2026:\n%s\n' "$expected"
exit 1
