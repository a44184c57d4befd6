#!/usr/bin/env bash
# adf-to-md 1.2.1, adf-to-markdown 1.0.1 and mdast-util-from-adf 2.1.1 reading a description of Jira Cloud: the text in a
# warning panel and the items of a task list are gone in the first, columns in the second, and a date is thirteen digits in
# the third, which refuses a description with a status in it.
#
# adf-to-md also leaves out dates, mentions and statuses in the middle of a sentence ("Ask ." for "Ask @Ann Lee."), and says
# so only in a list beside the result, and on standard error. The nodes are the ones that Jira's editor offers.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund adf-to-md@1.2.1 adf-to-markdown@1.0.1 mdast-util-from-adf@2.1.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { convertADFToMarkdown } from 'adf-to-markdown';
import adfToMd from 'adf-to-md';
import { fromADF } from 'mdast-util-from-adf';

console.log = console.warn = () => {};
const words = text => ({ type: 'text', text });
const paragraph = (...content) => ({ type: 'paragraph', content });
const descriptions = {
    'panel': [{ type: 'panel', attrs: { panelType: 'warning' }, content: [paragraph(words('Evacuate first'))] }],
    'task list': [{ type: 'taskList', attrs: { localId: 'a' }, content: [
        { type: 'taskItem', attrs: { localId: 'b', state: 'TODO' }, content: [words('Lock out')] }] }],
    'columns': [{ type: 'layoutSection', content: [
        { type: 'layoutColumn', attrs: { width: 50 }, content: [paragraph(words('valve 7'))] },
        { type: 'layoutColumn', attrs: { width: 50 }, content: [paragraph(words('closed'))] }] }],
    'date': [paragraph(words('Before '), { type: 'date', attrs: { timestamp: '1796083200000' } })],
    'mention': [paragraph(words('Ask '), { type: 'mention', attrs: { id: '5b10', text: '@Ann Lee' } }, words('.'))],
    'status': [paragraph({ type: 'status', attrs: { text: 'DO NOT ENTER', color: 'red' } }, words(' pump room'))],
};
const plain = node => node.value ?? (node.children ?? []).map(plain).join('');
const ways = {
    'adf-to-md': document => (adfToMd.convert ?? adfToMd.default.convert)(document).result,
    'adf-to-markdown': convertADFToMarkdown,
    'mdast-util-from-adf, its words': document => plain(fromADF(document)),
};
for (const [name, content] of Object.entries(descriptions))
    for (const [way, read] of Object.entries(ways)) {
        let seen;
        try {
            seen = JSON.stringify(read({ version: 1, type: 'doc', content }));
        } catch (error) {
            seen = `raises "${error.message}"`;
        }
        process.stdout.write(`${name}, ${way}: ${seen}\n`);
    }
JAVASCRIPT
seen=$(TZ=UTC node finding.mjs 2>/dev/null)
expected=$(cat <<'SEEN'
panel, adf-to-md: ""
panel, adf-to-markdown: "> ⚠️ Evacuate first"
panel, mdast-util-from-adf, its words: "Evacuate first"
task list, adf-to-md: ""
task list, adf-to-markdown: "- [ ] Lock out"
task list, mdast-util-from-adf, its words: "Lock out"
columns, adf-to-md: ""
columns, adf-to-markdown: ""
columns, mdast-util-from-adf, its words: "valve 7closed"
date, adf-to-md: "Before "
date, adf-to-markdown: "Before 12/1/2026"
date, mdast-util-from-adf, its words: "Before 1796083200000"
mention, adf-to-md: "Ask ."
mention, adf-to-markdown: "Ask @Ann Lee."
mention, mdast-util-from-adf, its words: "Ask @@Ann Lee."
status, adf-to-md: " pump room"
status, adf-to-markdown: "[DO NOT ENTER] pump room"
status, mdast-util-from-adf, its words: raises "unsupported node type "status""
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 1 December 2026:\n%s\n' "$expected"
exit 1
