// Reads Teams app manifests as JSON lines; answers each with a line, a list of what Microsoft's own schema of the version that it names says against it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
// It needs fs-extra and does not name it, so package.json does.
const { AppManifestUtils } = require('@microsoft/app-manifest');
const schemas = join(dirname(require.resolve('@microsoft/app-manifest')), 'json-schemas', 'teams');
const address = /^https:\/\/developer\.microsoft\.com\/en-us\/json-schemas\/teams\/(v[\d.]+)\/MicrosoftTeams\.schema\.json$/;

for await (const line of createInterface({ input: process.stdin })) {
  const manifest = JSON.parse(line);
  // Left to itself the package downloads the schema.
  const [, version] = address.exec(manifest.$schema);
  console.log(JSON.stringify(await AppManifestUtils.validateAgainstSchema(manifest, JSON.parse(readFileSync(join(schemas, version, 'MicrosoftTeams.schema.json'), 'utf8')))));
}
