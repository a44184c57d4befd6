#!/usr/bin/env bash
# StandardWebhooks 1.1.2 (NuGet): of several signatures in one header only the first is compared.
#
# The specification lets a sender list signatures, separated by blanks, so that a secret can be exchanged without a gap: one
# by the old secret, one by the new. This receiver verifies the message if its own signature comes first and refuses it
# otherwise. The npm package of the same project (1.1.1) compares them all. Half of the receivers break during an exchange.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package StandardWebhooks@1.1.2
#:property PublishAot=false
using Microsoft.AspNetCore.Http;
using StandardWebhooks;

const string Body = "{}";
var mine = new StandardWebhook("whsec_ZXhhbXBsZSBzZWNyZXQsIG5vdCB1c2Vk");
var other = new StandardWebhook("whsec_YW5vdGhlciBleGFtcGxlIG9mIGEga2V5");
var moment = DateTimeOffset.UtcNow;
var (signed, signedByOther) = (mine.Sign("msg_1", moment, Body), other.Sign("msg_1", moment, Body));
foreach (var (name, signatures) in new[]
{
    ("mine", signed), ("mine, then the other's", $"{signed} {signedByOther}"), ("the other's, then mine", $"{signedByOther} {signed}"),
})
{
    var headers = new HeaderDictionary
    {
        ["webhook-id"] = "msg_1",
        ["webhook-timestamp"] = $"{moment.ToUnixTimeSeconds()}",
        ["webhook-signature"] = signatures,
    };
    try
    {
        mine.Verify(Body, headers);
        Console.WriteLine($"{name}: verified");
    }
    catch (Exception refused)
    {
        Console.WriteLine($"{name}: {refused.Message}");
    }
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
mine: verified
mine, then the other's: verified
the other's, then mine: No matching signature found
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
