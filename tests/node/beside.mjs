// Puts pictures beside each other: node tests/node/beside.mjs src/images/mirrored.png slack-mirrored.png teams-mirrored.png
import { readFileSync, writeFileSync } from 'node:fs';
import { Browser } from './browser.mjs';

const [to, ...from] = process.argv.slice(2);
const pictures = from.map(file => readFileSync(file));
// The first chunk of a PNG contains its size.
const width = pictures.reduce((sum, picture) => sum + picture.readUInt32BE(16), 0);
const browser = await Browser.start();
try {
  const shown = pictures.map(picture => `<img src="data:image/png;base64,${picture.toString('base64')}">`).join('');
  writeFileSync(to, await browser.picture(`<!doctype html><body style="margin:0;display:flex;align-items:flex-start;background:#ebeaeb">${shown}</body>`, width, 1));
} finally {
  await browser.end();
}
