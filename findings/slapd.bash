# Sourced by scripts of this folder: slapd of Debian 12, of the version $slapd, in the temporary folder $scratch, which becomes the current one
# and is removed at the end.
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$scratch"' EXIT
mkdir "$scratch/data" "$scratch/people"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
apt-get download -qq "slapd=$slapd" libltdl7=2.4.7-7~deb12u1 libodbc2=2.3.11-2+deb12u1 libwrap0=7.6.q-32 2>/dev/null
for package in *.deb; do dpkg --extract "$package" debian; done
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

slapd() {
    LD_LIBRARY_PATH=debian/usr/lib/x86_64-linux-gnu:debian/lib/x86_64-linux-gnu exec debian/usr/sbin/slapd "$@"
}

# Starts it with the people of people.ldif, if there are any, on a free port: $port.
serve() {
    [ ! -e people.ldif ] || (slapd -Ta -q -f slapd.conf -l people.ldif)
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    slapd -d 0 -f slapd.conf -h "ldap://127.0.0.1:$port" &
    server=$!
}
