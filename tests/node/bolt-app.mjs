// An app on @slack/bolt that acknowledges what a benchmark sends it, and does nothing else. Settings come as environment variables:
// PORT, SIGNING_SECRET, SLACK_API_URL, and HELP, the words that answer a command. It says when it listens, and ends when its input does.
import { createRequire } from 'node:module';

const { App, HTTPReceiver, LogLevel } = createRequire(import.meta.url)('@slack/bolt');
const { PORT, SIGNING_SECRET, SLACK_API_URL, HELP } = process.env;

const app = new App({
  token: 'xoxb-bench',
  receiver: new HTTPReceiver({ signingSecret: SIGNING_SECRET, logLevel: LogLevel.ERROR }),
  clientOptions: { slackApiUrl: SLACK_API_URL },
  logLevel: LogLevel.ERROR,
});

const people = Array.from({ length: 12 }, (_, index) => ({
  text: { type: 'plain_text', text: `Person ${index + 1}` },
  value: `load.${index + 1}`,
  description: { type: 'plain_text', text: 'lifts, electrics · en-GB' },
}));

app.command('/dispatch', async ({ ack }) => ack(HELP));
app.action('other_app_button', async ({ ack }) => ack());
app.action('dispatch_cancel', async ({ ack }) => ack());
app.action('dispatch_cancel_told', async ({ ack, respond }) => {
  await ack();
  await respond({ response_type: 'ephemeral', replace_original: false, text: 'This was cancelled already.' });
});
app.options('people_pick', async ({ ack }) => ack({ options: people }));
app.event('app_home_opened', async () => {});

await app.start({ port: Number(PORT), host: '127.0.0.1' });
console.log('listening');
process.stdin.resume().on('end', () => process.exit(0));
