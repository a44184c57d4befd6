// Reads cases as JSON lines, {secret, now, timestamp, signature, body}; the body is base64, and a missing header is null. Answers each
// with a line, {accepts, because}: the verdict of the receiver of @slack/bolt.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const { HTTPModuleFunctions } = createRequire(import.meta.url)('@slack/bolt');
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

async function verdict({ secret, now, timestamp, signature, body }) {
  const headers = { 'content-type': 'application/json' };
  if (timestamp !== null) headers['x-slack-request-timestamp'] = timestamp;
  if (signature !== null) headers['x-slack-signature'] = signature;
  Date.now = () => now * 1000;
  try {
    await HTTPModuleFunctions.parseAndVerifyHTTPRequest({ signingSecret: secret, logger: quiet }, { headers, rawBody: Buffer.from(body, 'base64') });
    return { accepts: true, because: '' };
  } catch (error) {
    return { accepts: false, because: error.message };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await verdict(JSON.parse(line))));
}
