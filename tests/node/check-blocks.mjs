// Reads values as JSON lines, {schema, value}; the schema is named as in Fixtures/schema, for example "message-blocks". Answers each with
// a line, {valid, errors}: the verdict of ajv.
import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const folder = new URL('../BotDispatch.Tests/Adapters/Slack/Fixtures/schema/', import.meta.url);
const ajv = new Ajv({ strict: false, allErrors: false });
const compiled = new Map();

function validator(schema) {
  if (!/^[a-z0-9.-]+$/.test(schema)) throw new Error(`${schema} is no schema's name`);
  if (!compiled.has(schema)) compiled.set(schema, ajv.compile(JSON.parse(readFileSync(new URL(`${schema}.schema.json`, folder)))));
  return compiled.get(schema);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { schema, value } = JSON.parse(line);
  const validate = validator(schema);
  const valid = validate(value);
  console.log(JSON.stringify({ valid, errors: (validate.errors ?? []).map(error => `${error.instancePath} ${error.message}`) }));
}
