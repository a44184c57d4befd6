#!/usr/bin/env bash
# espeak-ng 1.51 (Debian 12): <say-as interpret-as="digits"> is read as a quantity, and "[[...]]" in plain text is spoken as
# phonemes.
#
# Only "characters" and "tts:digits" are read digit by digit; "digits", which Azure, Amazon and Google understand, and "ordinal"
# are passed over without a word. Double brackets, which Redmine and other wikis write around links, are phoneme input also
# without SSML: what stands inside is not the text that was written, or silence.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
apt-get download -qq espeak-ng=1.51+dfsg-10+deb12u2 libespeak-ng1=1.51+dfsg-10+deb12u2 espeak-ng-data=1.51+dfsg-10+deb12u2 \
    libpcaudio0=1.2-2 libsonic0=0.2.0-12 2>/dev/null
for package in *.deb; do dpkg --extract "$package" debian; done
libraries=$PWD/debian/usr/lib/x86_64-linux-gnu
# Prints the phonemes of a text, without any sound.
phonemes() { LD_LIBRARY_PATH=$libraries debian/usr/bin/espeak-ng --path="$libraries" -q -x "$@" | tr -s '\n ' ' ' | sed 's/^ //; s/ $//'; }
seen=$(
for kind in characters digits tts:digits ordinal; do
    echo "say-as $kind: $(phonemes -v en -m "<speak><say-as interpret-as=\"$kind\">42</say-as></speak>")"
done
for text in 'room A1' 'room [A1]' 'room [[A1]]'; do echo "$text: $(phonemes -v en "$text")"; done
)
expected=$(cat <<'SEEN'
say-as characters: f,o@_|t'u:_!
say-as digits: f'o@ti t'u:
say-as tts:digits: f'o@t'u:_!
say-as ordinal: f'o@ti t'u:
room A1: r'u:m ,eI w'0n
room [A1]: r'u:m_:_: ,eI w'0n
room [[A1]]: r'u:m
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
