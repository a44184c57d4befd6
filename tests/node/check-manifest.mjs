// Reads Teams app manifests as JSON lines. Answers each with a line: a list of the faults that Microsoft's own schema of the manifest's
// version finds.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
// The package needs fs-extra without declaring it, so our package.json declares it.
const { AppManifestUtils } = require('@microsoft/app-manifest');
const schemas = join(dirname(require.resolve('@microsoft/app-manifest')), 'json-schemas', 'teams');
const address = /^https:\/\/developer\.microsoft\.com\/en-us\/json-schemas\/teams\/(v[\d.]+)\/MicrosoftTeams\.schema\.json$/;

for await (const line of createInterface({ input: process.stdin })) {
  const manifest = JSON.parse(line);
  // Without a schema the package would download one.
  const [, version] = address.exec(manifest.$schema);
  console.log(JSON.stringify(await AppManifestUtils.validateAgainstSchema(manifest, JSON.parse(readFileSync(join(schemas, version, 'MicrosoftTeams.schema.json'), 'utf8')))));
}
