// Reads Adaptive Cards as JSON lines and draws each in Chromium, on white and on black, with the width in the argument. Answers each with
// a line, {errors, over, opened, words}: the complaints of the library or the page, the parts that reach over an edge, the number of parts
// that can be opened, and the words that are then visible.
import { createInterface } from 'node:readline';
import { Browser } from './browser.mjs';
import { teamsPage } from './teams-look.mjs';

process.env.TZ = 'UTC';
const browser = await Browser.start();
const page = await teamsPage(browser, Number(process.argv[2]));
for await (const line of createInterface({ input: process.stdin })) {
  const looks = [];
  for (const dark of [false, true]) {
    try {
      looks.push({ errors: await page.draw({ ended: { card: JSON.parse(line) } }, dark), ...await page.measure() });
    } catch (broken) {
      looks.push({ errors: [String(broken)], over: [], opened: 0, words: '' });
    }
  }
  console.log(JSON.stringify({ ...looks[0], errors: looks.flatMap(look => look.errors), over: looks.flatMap(look => look.over) }));
}
await browser.end();
