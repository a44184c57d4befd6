#!/usr/bin/env bash
# slapd 2.5.13 (Debian 12) with System.DirectoryServices.Protocols 10.0.15: paging does not lift the server's size limit.
#
# Without a word in its configuration slapd ends every search after 500 entries, and it counts over all pages of one
# search: 1,200 people in pages of 200 give 200, 200 and 100. The last 100 arrive inside the exception (result code 4,
# its Response holds a SearchResponse), so a reader that catches and goes on sees 400 people, or takes 500 for everybody.
set -euo pipefail
scratch=$(mktemp -d) slapd=2.5.13+dfsg-5
. "$(dirname "$0")/slapd.bash"
{
    printf 'dn: dc=example,dc=org\nobjectClass: dcObject\nobjectClass: organization\no: Example\n\n'
    for number in $(seq 1200); do
        printf 'dn: cn=Person %d,dc=example,dc=org\nobjectClass: inetOrgPerson\nsn: Person\n\n' "$number"
    done
} >people.ldif
serve
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
