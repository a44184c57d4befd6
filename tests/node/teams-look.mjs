import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const read = file => readFileSync(require.resolve(file), 'utf8');
const html = `<!doctype html><meta charset="utf-8"><style>${read('./teams-look.css')}</style><body></body>`;
const icon = `data:image/png;base64,${readFileSync(new URL('../../manifest/teams/color.png', import.meta.url)).toString('base64')}`;

/** Opens a page of that width that can draw cards as Teams shows them: see teams-page.js. */
export async function teamsPage(browser, width, scale) {
  const tab = await browser.open(html, width, scale);
  await tab.run(read('adaptivecards/dist/adaptivecards.min.js'));
  await tab.run(`${read('./teams-page.js')};true`);
  return { ...tab, draw: (content, dark) => tab.run(`draw(${JSON.stringify(content)}, ${JSON.stringify(icon)}, ${dark})`), measure: () => tab.run('measure()') };
}
