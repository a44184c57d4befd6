#!/usr/bin/env bash
# Microsoft.Extensions.Http.Resilience 10.11.0 replaces the source generator behind [LoggerMessage].
#
# A dependency (Microsoft.Extensions.Telemetry.Abstractions) brings its own generator, which writes the message unescaped into an XML comment. A log message with
# an ampersand, which built before the package was named, then ends a build that writes a documentation file and takes
# warnings as errors with CS1570, in a file that nobody wrote.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export NUGET_PACKAGES="$scratch/packages" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
cd "$scratch"
cat >Log.cs <<'CSHARP'
using Microsoft.Extensions.Logging;

static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Open the page OAuth & Permissions")]
    public static partial void OpenThePage(this ILogger log);
}
CSHARP
project() {
    cat <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <GenerateDocumentationFile>true</GenerateDocumentationFile>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
  </PropertyGroup>
  <ItemGroup>
    <FrameworkReference Include="Microsoft.AspNetCore.App" />
    $1
  </ItemGroup>
</Project>
PROJECT
}
build() { dotnet build finding.csproj -v quiet 2>&1 | grep -oE 'error [A-Z]+[0-9]+' | sort -u || true; }
seen=$(
    project '' >finding.csproj
    echo "without the package: $(build)"
    project '<PackageReference Include="Microsoft.Extensions.Http.Resilience" Version="10.11.0" />' >finding.csproj
    echo "with the package: $(build)"
)
expected=$(cat <<'SEEN'
without the package: 
with the package: error CS1570
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
