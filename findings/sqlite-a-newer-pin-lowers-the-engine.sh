#!/usr/bin/env bash
# Microsoft.Data.Sqlite 10.0.14 with SQLitePCLRaw: naming bundle and core at 3.0.3 lowers the SQLite engine.
#
# Microsoft.Data.Sqlite alone brings engine 3.53.3. Adding SQLitePCLRaw.bundle_e_sqlite3 and .core 3.0.3, which looks like
# pinning a newer major version, brings 3.50.4, an engine of 2025. With 3.0.5 it is 3.53.4: the engine comes from a
# package of its own there.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
seen=$(for pin in alone 3.0.3 3.0.5; do
    {
        echo '#:package Microsoft.Data.Sqlite@10.0.14'
        [ "$pin" = alone ] || printf '#:package SQLitePCLRaw.bundle_e_sqlite3@%s\n#:package SQLitePCLRaw.core@%s\n' "$pin" "$pin"
        cat <<'CSHARP'
using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=:memory:");
connection.Open();
Console.WriteLine($"{args[0]}: {connection.ServerVersion}");
CSHARP
    } >"pin-${pin//./-}.cs"
    dotnet run "pin-${pin//./-}.cs" -- "$pin"
done)
expected=$(cat <<'SEEN'
alone: 3.53.3
3.0.3: 3.50.4
3.0.5: 3.53.4
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
