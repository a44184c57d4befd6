#!/usr/bin/env bash
# Markdig 1.6.0: Markdown.ToPlainText leaves HTML in place, and joins words that a line break of HTML parts.
#
# Inline tags vanish, so "third floor<br>left door" becomes "third floorleft door"; a block of HTML is passed on with its
# tags; with the advanced extensions a definition list is even turned from Markdown into HTML, and the cells of all rows of
# a table stand on one line. The numbers of a list are gone, so "press 1, then 2" in steps cannot be told apart. GitHub's
# and GitLab's issues hold all of these.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package Markdig@1.6.0
using Markdig;

var advanced = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();
foreach (var text in new[] { "third floor<br>left door", "<p>no light</p>", "1. switch off\n2. wait", "cause\n: a fuse", "car | state\n----|----\n1 | stuck\n2 | runs" })
    Console.WriteLine($"{OneLine(text)} => {OneLine(Markdown.ToPlainText(text, advanced))}");

static string OneLine(string text) => text.Trim().Replace("\n", "⏎");
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
third floor<br>left door => third floorleft door
<p>no light</p> => <p>no light</p>
1. switch off⏎2. wait => switch off⏎wait
cause⏎: a fuse => <dl>⏎<dt>cause</dt>⏎<dd>a fuse</dd>⏎</dl>
car | state⏎----|----⏎1 | stuck⏎2 | runs => car state 1 stuck 2 runs
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
