#!/usr/bin/env bash
# espeak-ng 1.51 (Debian 12): a ticket number is a word and a quantity; what the hyphen is depends on the language.
#
# "INC-1042" is "ink one thousand and forty-two", in Greek "ink minus one thousand and forty-two" (mion), in German the
# hyphen is silent. A date with hyphens is "dash", "Strich", or a subtraction. With a zero in front, digits are read in groups
# of two. A telephone number in groups of three is one number of millions in German. Read it in single characters, with
# blanks, and all of them are right.
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
seen=$(for language in en de el; do
    for text in 'INC-1042' '2026-11-30' '01042' '+30 697 123' 'I N C 1 0 4 2'; do
        echo "$language $text: $(phonemes -v "$language" "$text")"
    done
done)
expected=$(cat <<'SEEN'
en INC-1042: 'INk _ w'0n T'aUz@nd @n f'o@ti t'u:
en 2026-11-30: t'u: T'aUz@nd @n tw'Enti s'Iks d'aS Il'Ev@n d'aS T'3:ti
en 01042: z'i@roUw'0n_! z'i@roUf'o@_!t'u:
en +30 697 123: pl'Vs T'3:ti s'Iksh'VndrI2d@n n'aInti s'Ev@n w'0nh'VndrI2d@n tw'Enti Tr'i:
en I N C 1 0 4 2: aI 'En s'i: w'0n z'i@roU f'o@ t'u:
de INC-1042: _!'Ink _ _'aIn t'aUz@nt tsv'aI _|Untf'IrtsIC
de 2026-11-30: tsv'aI t'aUz@nt z'Eks _|Unttsv'antsIC Str'IC _'Elf Str'IC dr'aIsIC
de 01042: n'Ul_'aIns_! n'Ulf'i:r_!tsv'aI
de +30 697 123: pl'Us dr'aIsIC mIlj'o:n@n_! z'Eksh'Und3t z'i:b@n _|Untn'OYntsIC t'aUz@nt_! _'aInh'Und3t dr'aI _|Unttsv'antsIC
de I N C 1 0 4 2: _!'i: _!'En ts'e: _'aIns n'Ul f'i:r tsv'aI
el INC-1042: (en)'INk(el) m'i;on C'il^a sar,andaD'i;o
el 2026-11-30: D'i;o Cil^'aDes ,ikosi;'eksi m'i;on 'enDek,a m'i;on tri;'anda
el 01042: miD'en'ena_!tel'i;a miD'ent'esera_!D'i;o
el +30 697 123: sin tri;'anda ,eksak'os;a_ ,enen,indaept'a ,ekat'on_ ,ikositr'i;a
el I N C 1 0 4 2: (en)aI 'En s'i:(el) 'ena miD'en t'eser,a D'i;o
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
