#!/usr/bin/env bash
# slugify 1.6.9, speakingurl 14.0.1 and limax 4.2.3 making search words of names: Eleni is "elenh" for the first, Chinese names
# are empty texts for two of them, and the third writes the tones into them.
#
# A search of people by Latin letters finds Ελένη under "elenh" and Γιώργος under "giwrgos", letters chosen by their look, and
# not by their sound. 李小龙 and 王明 are both "", so a map by such words holds one person for all of them. transliteration
# 2.6.1 and any-ascii 0.3.3 write what a person would type, but Χατζής is Hatzis for the one and Chatzis for the other.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund slugify@1.6.9 speakingurl@14.0.1 limax@4.2.3 transliteration@2.6.1 any-ascii@0.3.3 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import anyAscii from 'any-ascii';
import limax from 'limax';
import slugify from 'slugify';
import speakingurl from 'speakingurl';
import { transliterate } from 'transliteration';

const ways = {
    slugify: name => slugify(name, { lower: true }), speakingurl, limax,
    transliteration: transliterate, 'any-ascii': anyAscii,
};
for (const name of ['Ελένη', 'Γιώργος Χατζής', '李小龙', '王明', 'Ольга'])
    for (const [way, words] of Object.entries(ways))
        console.log(`${name}, ${way}: "${words(name)}"`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
Ελένη, slugify: "elenh"
Ελένη, speakingurl: "eleni"
Ελένη, limax: "eleni"
Ελένη, transliteration: "Eleni"
Ελένη, any-ascii: "Eleni"
Γιώργος Χατζής, slugify: "giwrgos-xatzhs"
Γιώργος Χατζής, speakingurl: "giorgos-xatzis"
Γιώργος Χατζής, limax: "giorgos-xatzis"
Γιώργος Χατζής, transliteration: "Giorgos Hatzis"
Γιώργος Χατζής, any-ascii: "Giorgos Chatzis"
李小龙, slugify: ""
李小龙, speakingurl: ""
李小龙, limax: "li3-xiao3-long2"
李小龙, transliteration: "Li Xiao Long"
李小龙, any-ascii: "LiXiaoLong"
王明, slugify: ""
王明, speakingurl: ""
王明, limax: "wang2-ming2"
王明, transliteration: "Wang Ming"
王明, any-ascii: "WangMing"
Ольга, slugify: "olga"
Ольга, speakingurl: "olga"
Ольга, limax: "olga"
Ольга, transliteration: "Olga"
Ольга, any-ascii: "Ol'ga"
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 1 December 2026:\n%s\n' "$expected"
exit 1
