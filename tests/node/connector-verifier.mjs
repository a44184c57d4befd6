// Reads requests as JSON lines, {now, authorization, activity}. Answers each with a line, {accepts, because}: the verdict of
// botframework-connector. Arguments: the address of the issuer's metadata, and the bot's app id.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const { BotFrameworkAuthenticationFactory, PasswordServiceClientCredentialFactory } = createRequire(import.meta.url)('botframework-connector');
const [metadata, appId] = process.argv.slice(2);
// The package prints every token that it refuses, with the keys.
console.error = () => {};

const authentication = BotFrameworkAuthenticationFactory.create(
  '', true, 'https://login.microsoftonline.com/botframework.com', 'https://api.botframework.com', 'https://api.botframework.com', 'https://token.botframework.com',
  metadata, metadata, '', new PasswordServiceClientCredentialFactory(appId, 'unused', ''), { requiredEndorsements: [], validateClaims: async () => {} });

async function verdict({ now, authorization, activity }) {
  Date.now = () => now * 1000;
  try {
    await authentication.authenticateRequest(activity, authorization ?? '');
    return { accepts: true, because: '' };
  } catch (error) {
    return { accepts: false, because: error.message };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await verdict(JSON.parse(line))));
}
