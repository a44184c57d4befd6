#!/usr/bin/env bash
# @microsoft/agents-activity 1.8.1: an activity's local time loses its offset when it is read, and an activity with a field
# that is null or an empty text is refused as a whole.
#
# localTimestamp, which tells what the sender's clock showed, becomes an instant: 10:00 at +01:00 is written back as 09:00Z.
# "text": null, "attachments": null or "locale": "" raise, although .NET's serializer writes such fields unless told otherwise.
# Fields that are unknown are kept, null or not.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund @microsoft/agents-activity@1.8.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { Activity } from '@microsoft/agents-activity';

const message = {
    type: 'message', id: '1', channelId: 'msteams', serviceUrl: 'https://example.com/', text: 'INC-1042',
    from: { id: '29:dana' }, recipient: { id: '28:bot' }, conversation: { id: 'a:1' }, localTimestamp: '2026-11-30T10:00:00+01:00',
};
console.log(`localTimestamp: ${JSON.parse(JSON.stringify(Activity.fromObject(message))).localTimestamp}`);
for (const field of [{ text: null }, { attachments: null }, { locale: '' }, { somethingNew: null }])
    try {
        Activity.fromObject({ ...message, ...field });
        console.log(`${JSON.stringify(field)}: read`);
    } catch (error) {
        console.log(`${JSON.stringify(field)}: ${error.name}`);
    }
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
localTimestamp: 2026-11-30T09:00:00.000Z
{"text":null}: ZodError
{"attachments":null}: ZodError
{"locale":""}: ZodError
{"somethingNew":null}: read
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
