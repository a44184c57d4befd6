#!/usr/bin/env bash
# System.DirectoryServices.Protocols 10.0.15 on Linux: StartTLS as the first thing on a connection fails with "The LDAP server is unavailable".
#
# The server is up and speaks StartTLS: after an anonymous bind, the same call on the same kind of connection succeeds. So
# the order that protects a password, StartTLS and only then the bind, needs a bind without a password first.
set -euo pipefail
scratch=$(mktemp -d) slapd=2.5.13+dfsg-5
. "$(dirname "$0")/slapd.bash"
mkdir trusted
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Authority -keyout authority.key -out trusted/authority.pem 2>/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE \
    -CA trusted/authority.pem -CAkey authority.key -keyout server.key -out server.pem 2>/dev/null
openssl rehash trusted
cat >slapd.conf <<CONF
include debian/etc/ldap/schema/core.schema
modulepath debian/usr/lib/ldap
moduleload back_mdb
TLSCertificateFile server.pem
TLSCertificateKeyFile server.key
TLSCACertificateFile trusted/authority.pem
database mdb
suffix "dc=example,dc=org"
directory people
CONF
serve
cat >finding.cs <<'CSHARP'
#:package System.DirectoryServices.Protocols@10.0.15
#:property PublishAot=false
using System.DirectoryServices.Protocols;

foreach (var bindsFirst in new[] { false, true })
{
    using var connection = new LdapConnection(new LdapDirectoryIdentifier("127.0.0.1", int.Parse(args[0])), null, AuthType.Anonymous);
    connection.SessionOptions.ProtocolVersion = 3;
    connection.SessionOptions.TrustedCertificatesDirectory = Path.GetFullPath("trusted");
    connection.SessionOptions.StartNewTlsSessionContext();
    if (bindsFirst)
        connection.Bind();
    try
    {
        connection.SessionOptions.StartTransportLayerSecurity(null);
        Console.WriteLine($"{(bindsFirst ? "after an anonymous bind" : "at once")}: encrypted");
    }
    catch (LdapException refused)
    {
        Console.WriteLine($"{(bindsFirst ? "after an anonymous bind" : "at once")}: {refused.ErrorCode}, {refused.Message}");
    }
}
CSHARP
dotnet build finding.cs -v quiet >/dev/null 2>&1
seen=$(dotnet run --no-build finding.cs -- "$port")
expected=$(cat <<'SEEN'
at once: 81, The LDAP server is unavailable.
after an anonymous bind: encrypted
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
