// Draws what the product draws for Teams, as a browser shows it:
//
//   BOTDISPATCH_DUMP=drawn dotnet test tests/BotDispatch.Tests --filter Dump
//   node tests/node/render-teams.mjs drawn/teams src/images teams-card teams-dialog
//   pngquant --force --ext .png --strip src/images/teams-*.png
//   (the same with --width 620, teams-mirrored, and render-slack.mjs for slack-mirrored; then beside.mjs)
//   node tests/node/render-teams.mjs --width 360 --dark drawn/teams phone      # every drawing, as wide as a phone, on black
//
// Microsoft's own adaptivecards draws the cards, with Teams' sizes and colours. The frame around them and the field of people are drawn here.
// Teams writes in Segoe UI; where that is missing, in Open Sans (Debian's fonts-open-sans), and emoji take fonts-noto-color-emoji.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Browser } from './browser.mjs';
import { teamsPage } from './teams-look.mjs';

process.env.TZ = 'UTC';
const { values, positionals: [from, to, ...only] } = parseArgs({ allowPositionals: true, options: { width: { type: 'string' }, scale: { type: 'string', default: '1.5' }, dark: { type: 'boolean', default: false } } });
mkdirSync(to, { recursive: true });
const browser = await Browser.start();
try {
  for (const file of readdirSync(from).filter(each => each.endsWith('.json') && (only.length === 0 || only.includes(each.slice(0, -5))))) {
    const content = JSON.parse(readFileSync(join(from, file), 'utf8'));
    const page = await teamsPage(browser, Number(values.width ?? (content.ringing ? 1240 : content.card ? 640 : 760)), Number(values.scale));
    for (const complaint of await page.draw(content, values.dark)) console.error(`${file}: ${complaint}`);
    writeFileSync(join(to, file.replace(/json$/, 'png')), await page.picture());
    await page.close();
  }
} finally {
  await browser.end();
}
