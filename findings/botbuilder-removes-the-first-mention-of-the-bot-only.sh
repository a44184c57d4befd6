#!/usr/bin/env bash
# botbuilder 4.23.3 and @microsoft/agents-activity 1.8.1: removeRecipientMention takes away the first mention of the bot and
# leaves the others, although each has its entity.
#
# "@Bot page Dana, and @Bot tell me" keeps "<at>Bot</at>" in the middle, which then is read as the name of somebody to call.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund botbuilder@4.23.3 @microsoft/agents-activity@1.8.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { Activity } from '@microsoft/agents-activity';
import botbuilder from 'botbuilder';

const mention = { type: 'mention', text: '<at>Bot</at>', mentioned: { id: '28:bot', name: 'Bot' } };
const message = () => ({
    type: 'message', channelId: 'msteams', text: '<at>Bot</at> page Dana, and <at>Bot</at> tell me', conversation: { id: 'a:1' },
    recipient: { id: '28:bot', name: 'Bot' }, entities: [mention, { ...mention }],
});
console.log(`botbuilder: ${botbuilder.TurnContext.removeRecipientMention(message())}`);
console.log(`agents-activity: ${Activity.fromObject(message()).removeRecipientMention()}`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
botbuilder: page Dana, and <at>Bot</at> tell me
agents-activity: page Dana, and <at>Bot</at> tell me
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
