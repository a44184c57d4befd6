// Starts Debian's Redmine with a database of its own on loopback, below the current folder; for the scripts beside it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { answers, freePort, run, start, unpack } from './debian.mjs';

/**
 * Unpacks it, makes its database with Redmine's default data, and starts it.
 * @param {string} setup Ruby that makes projects, issues and accounts; `key(login, roles)` makes an account that belongs to the project `lifts` with
 * a role of that name, and whose key for the API is its login
 * @returns {Promise<{ ask: Function, stop: Function }>} ask(login, method, path, body) gives the status and what was answered, if anything was
 */
export async function startRedmine(setup) {
    const home = 'debian/var/lib/redmine/default';
    const application = 'debian/usr/share/redmine';
    unpack(['coreutils', 'dash', 'redmine=5.0.4-5+deb12u1', 'redmine-sqlite=5.0.4-5+deb12u1']);
    for (const folder of ['config', 'files', 'log', 'tmp/cache']) mkdirSync(`${home}/${folder}`, { recursive: true });
    writeFileSync(`${home}/config/database.yml`, 'production: { adapter: sqlite3, database: /tmp/tickets, timeout: 5000 }\n');
    writeFileSync(`${home}/config/secret_key.txt`, 'a key for one run\n'.repeat(4));
    writeFileSync(`${application}/Gemfile.local`, 'gem "webrick"\n');
    writeFileSync('setup.rb', `${prelude}${setup}`);
    const options = { folder: '/usr/share/redmine', env: { RAILS_ENV: 'production', REDMINE_INSTANCE: 'default', REDMINE_LANG: 'en', SCHEMA: '/dev/null' } };
    run(['bundle', 'install', '--local', '--quiet'], options);
    // One process each: the second task does not see the tables that the first one made.
    for (const task of ['db:migrate', 'redmine:load_default_data']) run(['bundle', 'exec', 'rake', task], options);
    run(['bundle', 'exec', 'rails', 'runner', '/tmp/setup.rb'], options);
    const port = await freePort();
    const server = start(['bundle', 'exec', 'rails', 'server', '-u', 'webrick', '-b', '127.0.0.1', '-p', `${port}`], options);
    const address = `http://127.0.0.1:${port}`;
    await answers(`${address}/issues.json`);
    return {
        async ask(login, method, path, body) {
            const response = await fetch(`${address}${path}`, {
                method,
                headers: { 'x-redmine-api-key': login, ...body && { 'content-type': 'application/json' } },
                body: body && JSON.stringify(body),
            });
            const text = await response.text();
            return { status: response.status, answer: text.trim() ? JSON.parse(text) : undefined };
        },
        stop: () => server.kill('SIGKILL'),
    };
}

// Mails would be written by another thread, whose access to the database can lock out this one.
const prelude = `
ActiveJob::Base.queue_adapter = :inline
Setting.notified_events = []
Setting.rest_api_enabled = '1'
LIFTS = Project.create!(name: 'Lifts', identifier: 'lifts', is_public: true, trackers: Tracker.all)
def key(login, role)
  user = User.new(firstname: login, lastname: 'Example', mail: "#{login}@example.com", admin: role.nil?)
  user.login = login
  user.save!
  Member.create!(project: LIFTS, principal: user, roles: [Role.find_by!(name: role)]) if role
  Token.where(user_id: user.id, action: 'api').delete_all
  Token.create!(user: user, action: 'api').update_column(:value, login)
  user
end
def issue(subject, **others)
  Issue.create!(project: LIFTS, tracker: Tracker.first, author: User.find_by_login('admin'), subject: subject, priority: IssuePriority.first, **others)
end
`;
