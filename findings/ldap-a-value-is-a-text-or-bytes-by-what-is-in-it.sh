#!/usr/bin/env bash
# System.DirectoryServices.Protocols 10.0.15 with slapd 2.5.13 (Debian 12): attribute[0] is a string for one person and
# byte[] for the next, by whether the bytes happen to be UTF-8.
#
# A picture, an objectGUID or a certificate of one entry is a string, of another byte[], so a cast to byte[] works for
# nearly all people and raises for a few. GetValues(typeof(byte[])) is bytes for all. And (mobile=+306971234567) finds "+30
# 697 123-4567", as slapd passes over blanks and hyphens in telephone numbers, but not over brackets: "(210) 123 4567" is
# found with its brackets only.
set -euo pipefail
scratch=$(mktemp -d) slapd=2.5.13+dfsg-5
. "$(dirname "$0")/slapd.bash"
cat >people.ldif <<'LDIF'
dn: dc=example,dc=org
objectClass: dcObject
objectClass: organization
o: Example

dn: cn=Ann,dc=example,dc=org
objectClass: inetOrgPerson
sn: Lee
mobile: +30 697 123-4567
jpegPhoto:: /9j/4AAQ

dn: cn=Ben,dc=example,dc=org
objectClass: inetOrgPerson
sn: Adams
telephoneNumber: (210) 123 4567
jpegPhoto:: AQIDBAUG
LDIF
serve
cat >finding.cs <<'CSHARP'
#:package System.DirectoryServices.Protocols@10.0.15
#:property PublishAot=false
using System.DirectoryServices.Protocols;

using var connection = new LdapConnection(new LdapDirectoryIdentifier("127.0.0.1", int.Parse(args[0])), null, AuthType.Anonymous);
connection.SessionOptions.ProtocolVersion = 3;
foreach (var person in Find("(jpegPhoto=*)"))
{
    var photo = person.Attributes["jpegPhoto"];
    Console.WriteLine($"{person.DistinguishedName}: {photo[0].GetType().Name}, asked for bytes {photo.GetValues(typeof(byte[]))[0].GetType().Name}");
}
foreach (var filter in new[] { "(mobile=+306971234567)", "(telephoneNumber=2101234567)", "(telephoneNumber=\\28210\\291234567)" })
    Console.WriteLine($"{filter}: {Find(filter).Count()} found");

IEnumerable<SearchResultEntry> Find(string filter) =>
    ((SearchResponse)connection.SendRequest(new SearchRequest("dc=example,dc=org", filter, SearchScope.OneLevel, "jpegPhoto"))).Entries.Cast<SearchResultEntry>();
CSHARP
dotnet build finding.cs -v quiet >/dev/null 2>&1
seen=$(dotnet run --no-build finding.cs -- "$port")
expected=$(cat <<'SEEN'
cn=Ann,dc=example,dc=org: Byte[], asked for bytes Byte[]
cn=Ben,dc=example,dc=org: String, asked for bytes Byte[]
(mobile=+306971234567): 1 found
(telephoneNumber=2101234567): 0 found
(telephoneNumber=\28210\291234567): 1 found
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
