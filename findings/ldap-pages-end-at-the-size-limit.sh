#!/usr/bin/env bash
# slapd 2.5.13 (Debian 12) with System.DirectoryServices.Protocols 10.0.15: paging does not lift the server's size limit.
#
# Without a word in its configuration slapd ends every search after 500 entries, and it counts over all pages of one
# search: 1,200 people in pages of 200 give 200, 200 and 100. The last 100 arrive inside the exception (result code 4,
# its Response holds a SearchResponse), so a reader that catches and goes on sees 400 people, or takes 500 for everybody.
set -euo pipefail
scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$scratch"' EXIT
mkdir "$scratch/data" "$scratch/people"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
apt-get download -qq slapd=2.5.13+dfsg-5 libltdl7=2.4.7-7~deb12u1 libodbc2=2.3.11-2+deb12u1 libwrap0=7.6.q-32 2>/dev/null
for package in *.deb; do dpkg --extract "$package" debian; done
libraries=debian/usr/lib/x86_64-linux-gnu:debian/lib/x86_64-linux-gnu
cat >slapd.conf <<CONF
include debian/etc/ldap/schema/core.schema
include debian/etc/ldap/schema/cosine.schema
include debian/etc/ldap/schema/inetorgperson.schema
modulepath debian/usr/lib/ldap
moduleload back_mdb
database mdb
suffix "dc=example,dc=org"
directory people
CONF
{
    printf 'dn: dc=example,dc=org\nobjectClass: dcObject\nobjectClass: organization\no: Example\n\n'
    for number in $(seq 1200); do
        printf 'dn: cn=Person %d,dc=example,dc=org\nobjectClass: inetOrgPerson\nsn: Person\n\n' "$number"
    done
} >people.ldif
LD_LIBRARY_PATH=$libraries debian/usr/sbin/slapd -Ta -q -f slapd.conf -l people.ldif
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
LD_LIBRARY_PATH=$libraries debian/usr/sbin/slapd -d 0 -f slapd.conf -h "ldap://127.0.0.1:$port" &
server=$!
cat >finding.cs <<'CSHARP'
#:package System.DirectoryServices.Protocols@10.0.15
#:property PublishAot=false
using System.DirectoryServices.Protocols;

using var connection = new LdapConnection(new LdapDirectoryIdentifier("127.0.0.1", int.Parse(args[0])), null, AuthType.Anonymous);
connection.SessionOptions.ProtocolVersion = 3;
var paging = new PageResultRequestControl(200);
var search = new SearchRequest("dc=example,dc=org", "(objectClass=inetOrgPerson)", SearchScope.OneLevel, "cn") { Controls = { paging } };
try
{
    do
    {
        var page = (SearchResponse)connection.SendRequest(search);
        Console.WriteLine($"a page of {page.Entries.Count}");
        paging.Cookie = page.Controls.OfType<PageResultResponseControl>().Single().Cookie;
    } while (paging.Cookie.Length > 0);
}
catch (DirectoryOperationException cut) when (cut.Response is SearchResponse last)
{
    Console.WriteLine($"{(int)last.ResultCode} {last.ResultCode}, with {last.Entries.Count} in the exception");
}
CSHARP
dotnet build finding.cs -v quiet >/dev/null 2>&1
seen=$(dotnet run --no-build finding.cs -- "$port")
expected=$(cat <<'SEEN'
a page of 200
a page of 200
4 SizeLimitExceeded, with 100 in the exception
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
