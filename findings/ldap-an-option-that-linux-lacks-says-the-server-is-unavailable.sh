#!/usr/bin/env bash
# System.DirectoryServices.Protocols 10.0.15 on Linux: an option that libldap lacks fails with "The LDAP server is unavailable", before any server is asked.
#
# Among them are the check of a server's certificate, keep-alive, the send time-out and automatic reconnection. It looks
# like a network fault, but no connection was tried: nothing listens at this address, and other options can be set.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package System.DirectoryServices.Protocols@10.0.15
#:property PublishAot=false
using System.DirectoryServices.Protocols;

foreach (var (name, set) in new (string, Action<LdapSessionOptions>)[]
{
    ("ProtocolVersion", options => options.ProtocolVersion = 3),
    ("SecureSocketLayer", options => options.SecureSocketLayer = true),
    ("VerifyServerCertificate", options => options.VerifyServerCertificate = (_, certificate) => certificate is not null),
    ("TcpKeepAlive", options => options.TcpKeepAlive = true),
    ("SendTimeout", options => options.SendTimeout = TimeSpan.FromSeconds(3)),
    ("AutoReconnect", options => options.AutoReconnect = false),
    ("ReferralHopLimit", options => options.ReferralHopLimit = 1),
})
{
    using var connection = new LdapConnection(new LdapDirectoryIdentifier("127.0.0.1", 1));
    try
    {
        set(connection.SessionOptions);
        Console.WriteLine($"{name}: set");
    }
    catch (LdapException refused)
    {
        Console.WriteLine($"{name}: {refused.Message}");
    }
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
ProtocolVersion: set
SecureSocketLayer: set
VerifyServerCertificate: The LDAP server is unavailable.
TcpKeepAlive: The LDAP server is unavailable.
SendTimeout: The LDAP server is unavailable.
AutoReconnect: The LDAP server is unavailable.
ReferralHopLimit: The LDAP server is unavailable.
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
