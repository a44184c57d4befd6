#!/usr/bin/env bash
# espeak-ng 1.51 (Debian 12): the WAV that --stdout writes says that it lasts 13 hours; the file that -w writes says one
# second.
#
# The length is not known when the header is written, so it holds the greatest number. Python's wave module believes it and
# gives 48,696 seconds; NAudio 3.3.0 looks at the file's end and says one. What an announcement lasts, for a pause or a
# timeout after it, depends on who reads the same file.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
apt-get download -qq espeak-ng=1.51+dfsg-10+deb12u2 libespeak-ng1=1.51+dfsg-10+deb12u2 espeak-ng-data=1.51+dfsg-10+deb12u2 \
    libpcaudio0=1.2-2 libsonic0=0.2.0-12 2>/dev/null
for package in *.deb; do dpkg --extract "$package" debian; done
libraries=$PWD/debian/usr/lib/x86_64-linux-gnu
speak() { LD_LIBRARY_PATH=$libraries debian/usr/bin/espeak-ng --path="$libraries" "$@" 'Lift three is stuck'; }
speak --stdout >stdout.wav
speak -w written.wav
cat >finding.cs <<'CSHARP'
#:package NAudio.Core@3.3.0
#:property PublishAot=false
using NAudio.Wave;

foreach (var name in args)
{
    using var reader = new WaveFileReader(name);
    Console.WriteLine($"{name}, NAudio: {reader.TotalTime.TotalSeconds:0} s");
}
CSHARP
cat >finding.py <<'PYTHON'
import sys
import wave

for name in sys.argv[1:]:
    with wave.open(name) as sound:
        print(f'{name}, Python: {sound.getnframes() / sound.getframerate():.0f} s')
PYTHON
seen=$(python3 finding.py stdout.wav written.wav; dotnet run finding.cs -- stdout.wav written.wav)
expected=$(cat <<'SEEN'
stdout.wav, Python: 48696 s
written.wav, Python: 1 s
stdout.wav, NAudio: 1 s
written.wav, NAudio: 1 s
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
