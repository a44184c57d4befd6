// Unpacks pinned Debian packages with all that they need into a folder, and runs programs in it as if it were the whole system; for the scripts beside it.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

// The current folder is /tmp inside. Nothing of the machine's own packages is seen there.
const enter = [
    'root=$1; shift',
    'mkdir -p "$root/proc" "$root/dev" "$root/tmp"',
    'mount --rbind /proc "$root/proc" && mount --rbind /dev "$root/dev" && mount --bind "$PWD" "$root/tmp"',
    'exec chroot "$root" "$@"',
].join('\n');

/**
 * Unpacks packages into the folder `debian` below the current one, without running their installation scripts.
 * @param {string[]} packages names with versions, as apt-get takes them
 */
export function unpack(packages) {
    mkdirSync('archives/partial', { recursive: true });
    mkdirSync('debian');
    writeFileSync('status', '');
    const here = name => resolve(name);
    execFileSync('apt-get', ['-qq', '-y', '--no-install-recommends', '--download-only', '-o', `Dir::State::status=${here('status')}`,
        '-o', `Dir::Cache::archives=${here('archives')}`, '-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User=root', 'install', ...packages], { stdio: 'ignore' });
    for (const archive of readdirSync('archives').filter(name => name.endsWith('.deb')))
        execFileSync('dpkg', ['--extract', join('archives', archive), 'debian']);
}

const arguments_ = (command, options) => ['--map-root-user', '--mount', 'sh', '-c', enter, 'sh', 'debian', '/usr/bin/env', '-i',
    'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'HOME=/tmp', 'LC_ALL=C.UTF-8', ...Object.entries(options.env ?? {}).map(([name, value]) => `${name}=${value}`),
    '/bin/sh', '-c', `cd ${options.folder ?? '/tmp'} && exec "$@"`, 'sh', ...command];

/** Runs a program to its end; raises with what it wrote if it fails. */
export const run = (command, options = {}) => execFileSync('unshare', arguments_(command, options), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** Starts a program that goes on until it is killed with SIGKILL, and all that it started with it. */
export const start = (command, options = {}) => spawn('unshare', ['--kill-child', '--fork', '--pid', ...arguments_(command, options)], { stdio: 'ignore' });

/** A port that is free now. */
export async function freePort() {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    return port;
}

/** Waits until an address answers, whatever it answers. */
export async function answers(address) {
    for (let tries = 0; tries < 600; tries++) {
        if (await fetch(address).then(() => true, () => false)) return;
        await new Promise(done => setTimeout(done, 200));
    }
    throw new Error(`${address} does not answer.`);
}
