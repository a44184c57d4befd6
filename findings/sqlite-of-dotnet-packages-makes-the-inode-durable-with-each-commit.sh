#!/usr/bin/env bash
# SourceGear.sqlite3 3.53.4, the engine of SQLitePCLRaw.bundle_e_sqlite3 3.0.5 and so of Microsoft.Data.Sqlite: each commit calls
# fsync, where the SQLite of Debian 12 (libsqlite3-0 3.40.1) calls fdatasync.
#
# Both write into a WAL file that has its size already, with synchronous=FULL. SQLite is compiled for fsync unless it is told
# that fdatasync exists. fsync also writes the inode, which has nothing new but the time of the change: on a file system with a
# journal, that is a commit of the journal for each commit of the database.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")"/debian.mjs "$scratch"
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >engine.cs <<'CSHARP'
#:package SourceGear.sqlite3@3.53.4
Console.WriteLine("restored");
CSHARP
dotnet run engine.cs >/dev/null
cp packages/sourcegear.sqlite3/3.53.4/runtimes/linux-x64/native/libe_sqlite3.so .
cat >commits.py <<'PYTHON'
import ctypes, sys

engine = ctypes.CDLL(sys.argv[1])
database = ctypes.c_void_p()
engine.sqlite3_open(f"/tmp/{sys.argv[2]}.db".encode(), ctypes.byref(database))


def run(sql):
    if engine.sqlite3_exec(database, sql.encode(), None, None, None) != 0:
        raise RuntimeError(sql)


run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE kept (n integer PRIMARY KEY, value text)")
# The WAL file gets its size, and its pages are copied back, so that what follows begins at its start again.
run("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO kept SELECT i, hex(randomblob(100)) FROM n")
run("PRAGMA wal_checkpoint(RESTART)")
run("UPDATE kept SET value = 'first' WHERE n = 1")
print("measured from here", file=sys.stderr, flush=True)
for n in range(1, 101):
    run(f"UPDATE kept SET value = 'changed' WHERE n = {n}")
PYTHON
cat >finding.mjs <<'JAVASCRIPT'
import { readFileSync } from 'node:fs';
import { run, unpack } from './debian.mjs';

unpack(['coreutils', 'dash', 'libsqlite3-0=3.40.1-2+deb12u2', 'python3', 'strace=6.1-0.1']);
for (const [name, library] of [['SourceGear.sqlite3', '/tmp/libe_sqlite3.so'], ['libsqlite3-0', 'libsqlite3.so.0']]) {
    run(['strace', '-f', '-o', '/tmp/calls', '-e', 'trace=fsync,fdatasync,write', 'python3', '/tmp/commits.py', library, name]);
    const calls = readFileSync('calls', 'utf8').split('measured from here')[1];
    const count = call => calls.split(` ${call}(`).length - 1;
    console.log(`${name}: 100 commits, fsync ${count('fsync')}, fdatasync ${count('fdatasync')}`);
}
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
SourceGear.sqlite3: 100 commits, fsync 100, fdatasync 0
libsqlite3-0: 100 commits, fsync 0, fdatasync 100
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
