#!/usr/bin/env bash
# @microsoft/teams.api 2.1.0: stripMentionsText takes the names of everybody who was mentioned out of a message, not only
# the bot's.
#
# "@Bot page @Dana Lee about lift 3" becomes "page  about lift 3", so a command loses whom it is about. With accountId only
# that account's mentions go, all of them; with tagOnly the names stay and the bot's own name with them. The former SDKs'
# removeRecipientMention takes the bot's first mention only.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund @microsoft/teams.api@2.1.0 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { stripMentionsText } from '@microsoft/teams.api';

const mention = (id, name) => ({ type: 'mention', text: `<at>${name}</at>`, mentioned: { id, name } });
const activity = {
    type: 'message', id: '1', channelId: 'msteams', serviceUrl: 'https://smba.example', conversation: { id: '19:channel' }, from: { id: '29:ann', name: 'Ann' },
    recipient: { id: '28:bot', name: 'Bot' }, text: '<at>Bot</at> page <at>Dana Lee</at> about lift 3, <at>Bot</at>',
    entities: [mention('28:bot', 'Bot'), mention('29:dana', 'Dana Lee'), mention('28:bot', 'Bot')],
};
for (const options of [undefined, { accountId: '28:bot' }, { tagOnly: true }])
    console.log(`${JSON.stringify(options ?? {})}: ${JSON.stringify(stripMentionsText(activity, options))}`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
{}: "page  about lift 3,"
{"accountId":"28:bot"}: "page <at>Dana Lee</at> about lift 3,"
{"tagOnly":true}: "Bot page Dana Lee about lift 3, Bot"
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
