// Starts Debian's Alertmanager on loopback, below the folder it is given, with one webhook receiver per answer; for the scripts beside it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

export const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

const listening = async server => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server.address().port;
};

/**
 * Starts it in the current folder, which holds the unpacked package as `debian`.
 * @param {{ answers?: number[], interval: string, webhook?: object, more?: object }} options which status codes the receivers answer (alerts choose one by
 * the label `code`), group_interval, more settings of each webhook, and more settings of Alertmanager
 * @returns {Promise<{ messages: object[], post: Function, ask: Function, stop: Function }>} messages: what the receivers got, each with `code`;
 * ask(method, path, body) is a request to the API
 */
export async function startAlertmanager({ answers = [200], interval, webhook = {}, more = {} }) {
    const messages = [];
    const receivers = createServer(async (request, response) => {
        const code = Number(request.url.slice(1));
        messages.push({ code, ...await json(request) });
        response.writeHead(code, { 'Retry-After': '1' }).end();
    });
    const hooks = `http://127.0.0.1:${await listening(receivers)}`;
    const reserved = createServer();
    const port = await listening(reserved);
    reserved.close();
    writeFileSync('alertmanager.yml', JSON.stringify({
        route: {
            receiver: `${answers[0]}`, group_by: ['alertname', 'code'], group_wait: '1s', group_interval: interval,
            routes: answers.map(code => ({ receiver: `${code}`, matchers: [`code="${code}"`] })),
        },
        receivers: answers.map(code => ({ name: `${code}`, webhook_configs: [{ url: `${hooks}/${code}`, ...webhook }] })),
        ...more,
    }));
    // The package looks for its templates below /usr/share only, so it sees its own folder there.
    const program = spawn('unshare', ['--map-root-user', '--mount', 'sh', '-c', 'mount --bind debian/usr/share /usr/share && exec debian/usr/bin/prometheus-alertmanager "$@"', 'sh',
        '--config.file=alertmanager.yml', '--storage.path=data', '--cluster.listen-address=', `--web.listen-address=127.0.0.1:${port}`], { stdio: 'ignore' });
    for (let tries = 0; tries < 100 && !await fetch(`http://127.0.0.1:${port}/-/ready`).then(answer => answer.ok, () => false); tries++)
        await pause(100);
    const ask = (method, path, body) => fetch(`http://127.0.0.1:${port}/api/v2${path}`, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    return {
        messages,
        ask,
        post: alerts => ask('POST', '/alerts', alerts),
        stop() {
            program.kill();
            receivers.close();
        },
    };
}
