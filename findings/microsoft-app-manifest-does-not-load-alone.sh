#!/usr/bin/env bash
# @microsoft/app-manifest 1.1.2: it cannot be loaded after npm install, because it does not name fs-extra, which it requires.
#
# With fs-extra installed beside it, it loads.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund @microsoft/app-manifest@1.1.2 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { execSync } from 'node:child_process';

const load = () => {
    try {
        execSync(`node -e "require('@microsoft/app-manifest')"`, { stdio: 'pipe' });
        return 'loads';
    } catch (error) {
        return /Cannot find module '([^']+)'/.exec(error.stderr.toString())?.[0] ?? 'fails';
    }
};
console.log(`alone: ${load()}`);
execSync('npm install --silent --no-audit --no-fund fs-extra@11.3.0');
console.log(`with fs-extra: ${load()}`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
alone: Cannot find module 'fs-extra'
with fs-extra: loads
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
