// An app on @slack/bolt that acknowledges the requests of a benchmark, and opens a dialog or answers if it should. Settings come as
// environment variables: PORT, SIGNING_SECRET, SLACK_API_URL, and HELP, the answer to a command. It prints a line when it listens, and
// ends when its input ends.
import { createRequire } from 'node:module';

const { App, HTTPReceiver, LogLevel } = createRequire(import.meta.url)('@slack/bolt');
const { PORT, SIGNING_SECRET, SLACK_API_URL, HELP } = process.env;

const app = new App({
  token: 'xoxb-bench',
  receiver: new HTTPReceiver({ signingSecret: SIGNING_SECRET, logLevel: LogLevel.ERROR }),
  clientOptions: { slackApiUrl: SLACK_API_URL },
  logLevel: LogLevel.ERROR,
});

const plain = (text) => ({ type: 'plain_text', text });
const people = Array.from({ length: 12 }, (_, index) => ({
  text: plain(`Person ${index + 1}`),
  value: `load.${index + 1}`,
  description: plain('lifts, electrics · en-GB'),
}));

const dialog = {
  type: 'modal',
  callback_id: 'dispatch_form',
  title: plain('Dispatch'),
  submit: plain('Dispatch'),
  close: plain('Close'),
  blocks: [
    { type: 'section', text: { type: 'mrkdwn', text: '*LOAD-2*  Lift 2 is stuck between floors with two people inside' } },
    { type: 'input', block_id: 'people', label: plain('Whom to phone'), element: { type: 'multi_static_select', action_id: 'people_pick', options: people } },
    { type: 'input', block_id: 'note', optional: true, label: plain('Note'), element: { type: 'plain_text_input', action_id: 'note_text', multiline: true } },
  ],
};

app.command('/dispatch', async ({ ack, client, command }) => {
  if (command.text === 'help') return ack(HELP);
  await ack();
  await client.views.open({ trigger_id: command.trigger_id, view: dialog });
});
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
