#!/usr/bin/env bash
# slapd 2.5.13 (Debian 12) with System.DirectoryServices.Protocols 10.0.15: a filter with an attribute or a matching rule
# that the server's schema lacks finds nobody, and so does its opposite, both with Success.
#
# Such a condition is neither true nor false. Active Directory's filters "is a member, also through groups" and "is not
# disabled" therefore give an empty list here, with no word in the answer, where one would expect an error, or everybody
# for a negation. An attribute that the schema has and an entry lacks is false, so its negation finds the entry.
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
employeeType: active

dn: cn=Ben,dc=example,dc=org
objectClass: inetOrgPerson
sn: Adams

LDIF
serve
cat >finding.cs <<'CSHARP'
#:package System.DirectoryServices.Protocols@10.0.15
#:property PublishAot=false
using System.DirectoryServices.Protocols;

using var connection = new LdapConnection(new LdapDirectoryIdentifier("127.0.0.1", int.Parse(args[0])), null, AuthType.Anonymous);
connection.SessionOptions.ProtocolVersion = 3;
foreach (var filter in new[]
{
    "(objectClass=inetOrgPerson)",
    "(!(employeeType=active))",
    "(memberOf=cn=on-call,dc=example,dc=org)",
    "(!(memberOf=cn=on-call,dc=example,dc=org))",
    "(memberOf:1.2.840.113556.1.4.1941:=cn=on-call,dc=example,dc=org)",
    "(&(objectClass=inetOrgPerson)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))",
})
{
    var found = (SearchResponse)connection.SendRequest(new SearchRequest("dc=example,dc=org", filter, SearchScope.OneLevel, "cn"));
    Console.WriteLine($"{filter}: {found.ResultCode}, {found.Entries.Count}");
}
CSHARP
dotnet build finding.cs -v quiet >/dev/null 2>&1
seen=$(dotnet run --no-build finding.cs -- "$port")
expected=$(cat <<'SEEN'
(objectClass=inetOrgPerson): Success, 2
(!(employeeType=active)): Success, 1
(memberOf=cn=on-call,dc=example,dc=org): Success, 0
(!(memberOf=cn=on-call,dc=example,dc=org)): Success, 0
(memberOf:1.2.840.113556.1.4.1941:=cn=on-call,dc=example,dc=org): Success, 0
(&(objectClass=inetOrgPerson)(!(userAccountControl:1.2.840.113556.1.4.803:=2))): Success, 0
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
