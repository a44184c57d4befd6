// Draws what the product draws for Slack, as a browser shows it:
//
//   BOTDISPATCH_DUMP=drawn dotnet test tests/BotDispatch.Tests --filter PictureDump
//   node tests/node/render-slack.mjs drawn src/images slack-card slack-dialog slack-home
//   pngquant --force --ext .png --strip src/images/slack-*.png
//   node tests/node/render-slack.mjs --width 390 drawn phone            # every drawing, as wide as a phone
//
// Slack writes in Lato (Debian's fonts-lato), and emoji take fonts-noto-color-emoji.
// slack-blocks-to-jsx draws messages and the text of views. Its fields do not look like those of Slack's dialogs, so they are drawn here.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Browser } from './browser.mjs';

process.env.TZ = 'UTC';
const { createElement } = createRequire(import.meta.url)('react');
const { renderToStaticMarkup } = createRequire(import.meta.url)('react-dom/server');
const { Message } = await import('slack-blocks-to-jsx');
const css = ['slack-blocks-to-jsx/dist/style.css', './slack-look.css'].map(file => readFileSync(createRequire(import.meta.url).resolve(file), 'utf8')).join('\n');
const names = { users: [{ id: 'U0DANA', name: 'Dana Fox' }], channels: [{ id: 'C0OPS', name: 'ops' }], user_groups: [] };

const escaped = text => text.replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);

// The library reads some characters as marks and Slack does not. They are moved to Unicode's private plane, and back again in the HTML.
const hide = sign => String.fromCodePoint(0xf0000 + sign.codePointAt(0));
const unhide = html => html.replace(/[\u{f0020}-\u{f007e}]/gu, sign => escaped(String.fromCodePoint(sign.codePointAt(0) - 0xf0000)));

// https://docs.slack.dev/messaging/formatting-message-text: entities are characters, backslashes and brackets have no meaning,
// the first character of a line makes no heading or list, and the name of an emoji contains no invisible spaces.
const shownMrkdwn = text => text.replace(/&(amp|lt|gt);/g, (_, name) => hide({ amp: '&', lt: '<', gt: '>' }[name]))
  .replace(/[\\[\]]/g, hide).replace(/^[-+#]/gm, hide).replace(/:(?=\u200b)/g, hide);
const shownPlain = text => text.replace(/[!-/:-@[-`{-~]/g, hide);

// The library reads verbatim as "show the marks"; Slack only stops linking addresses and names.
function shown(node) {
  if (Array.isArray(node)) return node.map(shown);
  if (node === null || typeof node !== 'object') return node;
  if (node.type === 'mrkdwn') return { type: 'mrkdwn', text: shownMrkdwn(node.text) };
  if (node.type === 'plain_text') return { ...node, text: shownPlain(node.text) };
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, shown(value)]));
}

const drawn = blocks => unhide(renderToStaticMarkup(createElement(Message, { blocks: shown(blocks), name: '', logo: 'data:,', theme: 'light', withoutWrapper: true, data: names })));

function field({ label, element, hint, optional }) {
  const chosen = (element.initial_options ?? []).map(option => `<span class="chip">${escaped(option.text.text)}<b>×</b></span>`).join('');
  const typed = element.initial_value ? escaped(element.initial_value) : '';
  const inside = chosen || typed || `<span class="faint">${escaped(element.placeholder?.text ?? 'Select a conversation')}</span>`;
  const arrow = element.type === 'plain_text_input' ? '' : '<span class="arrow">⌄</span>';
  return `<div class="field"><label>${escaped(label.text)}${optional ? ' <span class="faint">(optional)</span>' : ''}</label><div class="box"><div>${inside}</div>${arrow}</div>`
    + (hint ? `<div class="hint">${escaped(hint.text)}</div>` : '') + '</div>';
}

const blocksOf = blocks => blocks.map(block => block.type === 'input' ? field(block) : drawn([block])).join('');

const modal = view => `<div class="modal"><header><i>📟</i><h2>${escaped(view.title.text)}</h2><b>✕</b></header><main>${blocksOf(view.blocks)}</main><footer>`
  + (view.close ? `<button>${escaped(view.close.text)}</button>` : '') + (view.submit ? `<button class="send">${escaped(view.submit.text)}</button>` : '') + '</footer></div>';

const home = view => `<div class="pane home"><header><h2>📟 BotDispatch</h2><nav><b>Home</b> Messages About</nav></header><main>${blocksOf(view.blocks)}</main></div>`;

const clock = at => new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', hour: 'numeric', minute: '2-digit' }).format(new Date(at));

// Slack shows the author only above the first of several messages in a row.
const post = ({ at, alsoInChannel, blocks }, { again = false, above = '', below = '' } = {}) => `<article class="${again ? 'again' : ''}">${again ? `<time>${clock(at).split(' ')[0]}</time>` : '<i>📟</i>'}<div>`
  + (again ? '' : `<p class="who"><b>BotDispatch</b><em>APP</em><time>${at ? clock(at) : ''}</time></p>`) + above + drawn(blocks) + (alsoInChannel ? '<p class="also">Also sent to the channel</p>' : '') + below + '</div></article>';

// On the left the channel, at one moment and at the end; on the right the thread at the end.
function thread(posts) {
  const [root, ...replies] = posts.filter(each => each.place === 'thread');
  const ringing = posts.find(each => each.place === 'channel');
  const pane = (title, at, inside) => `<section class="pane"><header><h2>${title}</h2><small>${at}</small></header><main>${inside}</main></section>`;
  const below = pane('Thread', `# ops, at ${clock(replies.at(-1).at)}`, post(root) + `<p class="count">${replies.length} replies</p>` + replies.map((each, index) => post(each, { again: index > 0 })).join(''));
  if (!ringing) return below;
  const before = replies.filter(each => each.at <= ringing.at).length;
  return `<div class="panes"><div>${pane('# ops', `at ${clock(ringing.at)}`, post({ ...ringing, at: root.at }, { below: `<p class="replies">${before} replies</p>` }))}`
    + replies.filter(each => each.alsoInChannel).map(each => pane('# ops', `at ${clock(each.at)}`, post({ ...each, alsoInChannel: false }, { above: '<p class="also">replied to a thread</p>' }))).join('')
    + `</div><div>${below}</div></div>`;
}

const body = ({ posts, blocks, view }) => posts ? thread(posts) : blocks ? `<section class="pane"><main>${post({ blocks })}</main></section>` : view.type === 'home' ? home(view) : modal(view);

const { values, positionals: [from, to, ...only] } = parseArgs({ allowPositionals: true, options: { width: { type: 'string' }, scale: { type: 'string', default: '1.5' } } });
mkdirSync(to, { recursive: true });
const browser = await Browser.start();
try {
  for (const file of readdirSync(from).filter(each => each.endsWith('.json') && (only.length === 0 || only.includes(each.slice(0, -5))))) {
    const content = JSON.parse(readFileSync(join(from, file), 'utf8'));
    const html = `<!doctype html><meta charset="utf-8"><style>${css}</style><body>${body(content)}</body>`;
    const width = Number(values.width ?? (content.posts ? 1240 : content.view?.type === 'modal' ? 600 : 760));
    writeFileSync(join(to, file.replace(/json$/, 'png')), await browser.picture(html, width, Number(values.scale)));
  }
} finally {
  await browser.end();
}
