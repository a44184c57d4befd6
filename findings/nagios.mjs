// Unpacks Debian's Nagios and lets it tell contacts about a service, below the current folder; for the scripts beside it.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { run, start, unpack } from './debian.mjs';

unpack(['coreutils', 'dash', 'nagios4-core=4.4.6-4+deb12u2']);
writeFileSync('debian/etc/passwd', 'root:x:0:0:root:/tmp:/bin/sh\n');
writeFileSync('debian/etc/group', 'root:x:0:\n');
const define = (kind, settings) => `define ${kind} {\n${Object.entries(settings).map(setting => setting.join(' ')).join('\n')}\n}\n`;
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/**
 * Runs it with one contact for each period and tells it that a service is critical.
 * @param {{ periods: object, words: string, line: string, timeZone?: string }} options the hours of each contact, what the check says, what the contacts'
 * command writes, in which macros stand, and the time zone as POSIX writes it
 * @returns {Promise<{ verdict: string, lines: string[], log: string }>} what its check of the configuration found, what was written, and its log
 */
export async function told({ periods, words, line, timeZone }) {
    for (const folder of ['var', 'results']) {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder);
    }
    const checks = { check_command: 'none', max_check_attempts: 1, check_period: 'always', notification_period: 'always', active_checks_enabled: 0, contacts: Object.keys(periods) };
    writeFileSync('objects.cfg', Object.entries({ always: '00:00-24:00', ...periods })
        .map(([name, hours]) => define('timeperiod', { timeperiod_name: name, alias: name, ...Object.fromEntries(days.map(day => [day, hours])) })).join('') +
        Object.keys(periods).map(name => define('contact', {
            contact_name: name, host_notifications_enabled: 0, host_notification_period: name, service_notification_period: name,
            service_notification_options: 'c,r', host_notification_options: 'n', service_notification_commands: 'tell', host_notification_commands: 'none',
        })).join('') + define('command', { command_name: 'none', command_line: '/bin/true' }) +
        define('command', { command_name: 'tell', command_line: `/bin/echo "${line}" >> /tmp/var/told` }) +
        define('host', { host_name: 'lifts', address: '127.0.0.1', ...checks }) +
        define('service', { host_name: 'lifts', service_description: 'lift', check_interval: 1000, notification_interval: 1000, retry_interval: 1, ...checks }));
    writeFileSync('nagios.cfg', Object.entries({
        cfg_file: '/tmp/objects.cfg', interval_length: 1, use_syslog: 0, nagios_user: 'root', nagios_group: 'root', illegal_macro_output_chars: '`~$&|\'"<>',
        log_file: '/tmp/var/log', object_cache_file: '/tmp/var/objects', status_file: '/tmp/var/status', state_retention_file: '/tmp/var/retention',
        temp_file: '/tmp/var/temp', temp_path: '/tmp/var', check_result_path: '/tmp/results', command_file: '/tmp/var/commands', lock_file: '/tmp/var/lock',
        query_socket: '/tmp/var/query', ...timeZone && { use_timezone: timeZone },
    }).map(setting => `${setting.join('=')}\n`).join(''));
    const verdict = run(['nagios4', '-v', '/tmp/nagios.cfg']).match(/Total Warnings: +(\d+)\s+Total Errors: +(\d+)/);
    const server = start(['nagios4', '/tmp/nagios.cfg']);
    while (!existsSync('var/commands') || !statSync('var/commands').isFIFO()) await pause(100);
    writeFileSync('var/commands', `[${Math.floor(Date.now() / 1000)}] PROCESS_SERVICE_CHECK_RESULT;lifts;lift;2;${words}\n`);
    for (let tries = 0; tries < 300 && !existsSync('var/told'); tries++) await pause(100);
    await pause(5000);
    server.kill('SIGKILL');
    return { verdict: `${verdict[1]} warnings, ${verdict[2]} errors`, lines: readFileSync('var/told', 'utf8').trim().split('\n').sort(), log: readFileSync('var/log', 'utf8') };
}
