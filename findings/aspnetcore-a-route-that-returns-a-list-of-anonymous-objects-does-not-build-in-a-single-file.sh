#!/usr/bin/env bash
# .NET SDK 10.0.401: a web program of one file whose route returns a list of anonymous objects does not build.
#
# "dotnet run FILE.cs" turns native compilation on by itself, and that the source generator for routes. For an anonymous
# object the generator warns (RDG004) and leaves the route to run time, also within a Task. Where the anonymous type is
# an argument of another type (an array, Select, TypedResults.Json), it writes C# that is none: dozens of errors in
# GeneratedRouteBuilderExtensions.g.cs, none of which names the route. Results.Json hides the type and builds, and so does
# all with PublishAot=false.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
# Builds a program with one route, and prints the codes that begin with RDG or CS81 and whether it built.
build() {
    local built=built codes
    printf '#:sdk Microsoft.NET.Sdk.Web\n%s\nvar app = WebApplication.Create();\napp.MapGet("/people", %s);\n' "${2:-}" "$1" >route.cs
    dotnet build route.cs >log 2>&1 || built='does not build'
    codes=$(grep -oE '(RDG|CS81)[0-9]+' log | sort -u | paste -sd ' ') || true
    echo "$1${2:+ with ${2#\#:property }}: $built${codes:+, $codes}"
}
seen=$(
    build '() => new { Name = "Dana" }'
    build '() => Task.FromResult(new { Name = "Dana" })'
    build '() => Results.Json(new { Name = "Dana" })'
    build '() => TypedResults.Json(new { Name = "Dana" })'
    build '() => new[] { new { Name = "Dana" } }'
    build '() => new[] { new { Name = "Dana" } }' '#:property PublishAot=false'
    build '() => new[] { "Dana" }.Select(name => new { Name = name })'
)
expected=$(cat <<'SEEN'
() => new { Name = "Dana" }: built, RDG004
() => Task.FromResult(new { Name = "Dana" }): built, RDG004
() => Results.Json(new { Name = "Dana" }): built
() => TypedResults.Json(new { Name = "Dana" }): does not build, CS8115
() => new[] { new { Name = "Dana" } }: does not build, CS8115
() => new[] { new { Name = "Dana" } } with PublishAot=false: built
() => new[] { "Dana" }.Select(name => new { Name = name }): does not build, CS8115
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
