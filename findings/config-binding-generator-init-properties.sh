#!/usr/bin/env bash
# Microsoft.Extensions.Configuration.Binder 10.0.14, .NET SDK 10.0.401: the source generator for binding leaves properties
# that are { get; init; } as they were, in Bind, BindConfiguration and Get, and nobody says so; without it they are bound.
#
# PublishAot=true and PublishTrimmed=true turn the generator on by themselves, and a program of one file has PublishAot=true.
# It binds them where Get makes a record with a constructor that has parameters. An init-only object or list that is there
# already is bound within; an init-only object that is missing stays missing. The build has no warning and its ErrorLog no
# SYSLIB message, and ErrorOnUnknownConfiguration finds nothing unknown. "private set" and "internal set" are left alone
# with and without it; BindNonPublicProperties binds them without it, and throws with it.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >program <<'CSHARP'
#:package Microsoft.Extensions.Configuration.Binder@10.0.14
#:package Microsoft.Extensions.DependencyInjection@10.0.14
#:package Microsoft.Extensions.Options.ConfigurationExtensions@10.0.14
#:property ErrorLog=messages.sarif,version=2.1
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
string[] keys = ["Text=new", "Number=7", "Flag=true", "Set=new", "List:0=new", "Private=new", "Internal=new"];
var configuration = new ConfigurationBuilder().AddInMemoryCollection(from path in new[] { "X:", "X:There:", "X:Missing:" }
    from key in path == "X:" ? keys : keys[..4] select KeyValuePair.Create(path + key.Split('=')[0], (string?)key.Split('=')[1])).Build();
var section = configuration.GetSection("X");
Whole bound = new(), all = new(); section.Bind(bound);
Console.WriteLine($"Bind: {bound}\n  list: {bound.List.SingleOrDefault()}; there: {bound.There}; missing: {bound.Missing?.ToString() ?? "null"}");
var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddOptions<Whole>().BindConfiguration("X").Services;
Console.WriteLine($"BindConfiguration: {services.BuildServiceProvider().GetRequiredService<IOptions<Whole>>().Value}");
Console.WriteLine($"Get: {section.Get<Whole>(options => options.ErrorOnUnknownConfiguration = true)}; {section.Get<Positional>()}");
try { section.Bind(all, options => options.BindNonPublicProperties = true); Console.WriteLine($"BindNonPublicProperties: {all}"); }
catch (NotSupportedException) { Console.WriteLine("BindNonPublicProperties: NotSupportedException"); }
class Part
{
    public string Text { get; init; } = "old"; public int Number { get; init; } public bool Flag { get; init; } public string Set { get; set; } = "old";
    public override string ToString() => $"init {Text} {Number} {Flag}, set {Set}";
}
class Whole : Part
{
    public List<string> List { get; init; } = []; public Part There { get; init; } = new(); public Part? Missing { get; init; }
    public string Private { get; private set; } = "old"; public string Internal { get; internal set; } = "old";
    public override string ToString() => $"{base.ToString()}, private {Private}, internal {Internal}";
}
record Positional(string Text) { public int Number { get; init; } }
CSHARP
# Builds the program with properties, and prints what it does, or what the build said.
run() {
    printf '#:property %s\n' NuGetAudit=false "$@" | cat - program >finding.cs
    dotnet build finding.cs -o out >log 2>&1 && ! grep -qE 'warning|SYSLIB' log && grep -q results messages.sarif &&
        ! grep -q '"ruleId": "SYSLIB' messages.sarif && dotnet out/finding.dll || cat log
}
generated=$(run)
seen=$(
    printf 'PublishAot=true, as it is:\n%s\n' "$generated"
    [ "$(run PublishAot=false EnableConfigurationBindingGenerator=true)" != "$generated" ] || echo 'EnableConfigurationBindingGenerator=true alone: the same'
    [ "$(run PublishAot=false PublishTrimmed=true)" != "$generated" ] || echo 'PublishTrimmed=true alone: the same'
    printf 'No generator, by PublishAot=false:\n%s\n' "$(run PublishAot=false)"
)
expected=$(cat <<'SEEN'
PublishAot=true, as it is:
Bind: init old 0 False, set new, private old, internal old
  list: new; there: init old 0 False, set new; missing: null
BindConfiguration: init old 0 False, set new, private old, internal old
Get: init old 0 False, set new, private old, internal old; Positional { Text = new, Number = 7 }
BindNonPublicProperties: NotSupportedException
EnableConfigurationBindingGenerator=true alone: the same
PublishTrimmed=true alone: the same
No generator, by PublishAot=false:
Bind: init new 7 True, set new, private old, internal old
  list: new; there: init new 7 True, set new; missing: init new 7 True, set new
BindConfiguration: init new 7 True, set new, private old, internal old
Get: init new 7 True, set new, private old, internal old; Positional { Text = new, Number = 7 }
BindNonPublicProperties: init new 7 True, set new, private new, internal new
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 1 December 2026:\n%s\n' "$expected"
exit 1
