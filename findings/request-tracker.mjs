// Starts Debian's Request Tracker with a database of its own on loopback, below the current folder; for the scripts beside it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { answers, freePort, run, start, unpack } from './debian.mjs';

/**
 * Unpacks it, makes its database and starts it.
 * @returns {Promise<{ ask: Function, stop: Function }>} ask(method, path, body) gives the status and what was answered
 */
export async function startRequestTracker() {
    unpack(['coreutils', 'dash', 'request-tracker5=5.0.3+dfsg-3~deb12u7', 'rt5-db-sqlite=5.0.3+dfsg-3~deb12u7']);
    for (const folder of ['conf', 'cache', 'sessions']) mkdirSync(folder);
    const port = await freePort();
    writeFileSync('conf/finding.pm', Object.entries({
        DatabaseType: 'SQLite', DatabaseName: '/tmp/tickets', WebDomain: '127.0.0.1', WebPort: port, rtname: 'example.com', Timezone: 'UTC',
        LogToSTDERR: 'critical', MailCommand: 'testfile', MasonSessionDir: '/tmp/sessions',
    }).map(([name, value]) => `Set($${name}, '${value}');\n`).join('') + "Set($LogToSyslog, undef);\n$RT::MasonDataDir = '/tmp/cache';\n1;\n");
    const env = { RT_SITE_CONFIG_DIR: '/tmp/conf' };
    run(['/usr/sbin/rt-setup-database-5', '--action', 'init', '--skip-create'], { env });
    const server = start(['/usr/share/request-tracker5/libexec/rt-server', '--port', `${port}`], { env });
    const address = `http://127.0.0.1:${port}/REST/2.0`;
    await answers(`${address}/rt`);
    return {
        async ask(method, path, body) {
            const response = await fetch(`${address}${path}`, {
                method,
                headers: { authorization: `Basic ${btoa('root:password')}`, 'content-type': 'application/json' },
                body: body && JSON.stringify(body),
            });
            return { status: response.status, answer: await response.json() };
        },
        stop: () => server.kill('SIGKILL'),
    };
}
