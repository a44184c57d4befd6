// Runs in the page, after Microsoft's adaptivecards. It draws cards, messages and dialogs as a Teams client does, and measures them.
const AC = window.AdaptiveCards;

const look = dark => {
  const [ink, faint] = dark ? ['#ffffff', '#adadad'] : ['#242424', '#616161'];
  const colour = (strong, subtle = strong) => ({ default: strong, subtle });
  const foregroundColors = dark
    ? { default: colour(ink, faint), dark: colour('#201f1f'), light: colour('#ffffff'), accent: colour('#9299f7'), good: colour('#92c353'), warning: colour('#f8d22a'), attention: colour('#f9526b') }
    : { default: colour(ink, faint), dark: colour('#201f1f'), light: colour('#ffffff'), accent: colour('#5b5fc7'), good: colour('#237b4b'), warning: colour('#835c00'), attention: colour('#c4314b') };
  const style = backgroundColor => ({ backgroundColor, foregroundColors });
  return new AC.HostConfig({
    supportsInteractivity: true,
    fontFamily: '"Segoe UI", "Open Sans", "Noto Sans", "Noto Sans CJK JP", "Noto Color Emoji", sans-serif',
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: dark ? '#3d3d3d' : '#e0e0e0' },
    textStyles: { heading: { size: 'Large', weight: 'Bolder' } },
    containerStyles: { default: style(dark ? '#292929' : '#ffffff'), emphasis: style(dark ? '#1f1f1f' : '#f5f5f5') },
    actions: { maxActions: 6, spacing: 'Default', buttonSpacing: 8, actionsOrientation: 'Horizontal', actionAlignment: 'Left', showCard: { actionMode: 'Inline', inlineTopMargin: 8, style: 'emphasis' } },
    inputs: { label: { inputSpacing: 'Small', requiredInputs: { weight: 'Bolder' }, optionalInputs: { weight: 'Bolder' } } },
  });
};

// Only the part of Markdown that our messages and blocks use: character references and mentions. Other marks must not occur.
const decoded = text => text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))).replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>' })[name]);

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

// The library draws multiple choices as check boxes; Teams draws a field with the picked values.
class Picker extends AC.ChoiceSetInput {
  internalRender() {
    if (!this.isMultiSelect) return super.internalRender();
    const picked = (this.defaultValue ?? '').split(',').filter(Boolean).map(value => this.choices.find(choice => choice.value === value)?.title ?? value);
    return element('div', 'ac-input pick', ...(picked.length > 0 ? picked.map(title => element('span', 'chip', title)) : [element('span', 'placeholder', this.placeholder)]));
  }
}

const elements = new AC.CardObjectRegistry();
AC.GlobalRegistry.populateWithDefaultElements(elements);
elements.register('Input.ChoiceSet', Picker, AC.Versions.v1_0);
AC.AdaptiveCard.onProcessMarkdown = (text, result) => { result.outputHtml = decoded(text).replace(/[&<>]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]); result.didProcess = true; };

function cardOf(json, errors) {
  const card = new AC.AdaptiveCard();
  card.hostConfig = look(document.documentElement.classList.contains('dark'));
  const context = new AC.SerializationContext(AC.Versions.v1_6);
  context.setElementRegistry(elements);
  card.parse(json, context);
  errors.push(...card.validateProperties().validationEvents.map(event => event.message));
  for (let i = 0; i < context.eventCount; i++) errors.push(context.getEventAt(i).message);
  return element('div', 'card', card.render());
}

const clock = at => at ? new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' }).format(new Date(at)) : '';

function words(text) {
  return text.split('\n\n').map(paragraph => element('p', '', ...paragraph.split(/(<at>.*?<\/at>)/).map(part =>
    part.startsWith('<at>') ? element('span', 'mention', part.slice(4, -5)) : decoded(part))));
}

function message({ at, card, text }, icon, errors, again = false) {
  const inside = element('div', '', ...(again ? [] : [element('p', 'who', element('b', '', 'BotDispatch'), clock(at))]), ...(card ? [cardOf(card, errors)] : words(text)));
  const picture = element('img');
  picture.src = icon;
  return element('div', again ? 'message again' : 'message', ...(again ? [] : [picture]), inside);
}

function post(root, replies, icon, errors) {
  const below = replies.map((reply, index) => message(reply, icon, errors, index > 0 && clock(reply.at) === clock(replies[index - 1].at)));
  return element('div', 'post', ...(root ? [message(root, icon, errors)] : []), ...(below.length > 0 ? [element('div', 'replies', ...below)] : []));
}

/** Draws everything and returns the complaints of the library. */
window.draw = ({ title, card, place, ringing, ended, replies = [] }, icon, dark) => {
  const errors = [];
  document.documentElement.classList.toggle('dark', dark);
  if (card) {
    const picture = element('img');
    picture.src = icon;
    document.body.replaceChildren(element('div', 'dialog', element('header', '', picture, element('h2', '', title ?? ''), element('span', '', '✕')), cardOf(card, errors)));
    return errors;
  }
  const pane = (at, inside) => element('section', '', ...(place ? [element('h2', '', place, element('small', '', `at ${clock(at)}`))] : []), inside);
  document.body.replaceChildren(element('div', 'panes',
    ...(ringing ? [pane(ringing.at, post({ ...ringing, at: ended.at }, replies.filter(reply => reply.at <= ringing.at), icon, errors))] : []),
    pane(replies.at(-1)?.at, post(ended, replies, icon, errors))));
  return errors;
};

/** Returns the parts that reach over the edge of the page or of their container, first as drawn and then with everything opened. */
window.measure = () => {
  const wide = document.documentElement.clientWidth;
  const over = () => [...document.body.querySelectorAll('*')].filter(each => each.getBoundingClientRect().right > wide + 0.5 || each.getBoundingClientRect().left < -0.5
    || (each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0 && getComputedStyle(each).overflowX !== 'visible'))
    .map(each => `${each.className || each.tagName}: ${each.textContent.slice(0, 60)}`);
  const seen = { over: over(), opened: 0, words: document.body.innerText };
  // Nothing listens to the buttons, so only those that open a part have an effect. One may close a part that another opened.
  for (const button of document.querySelectorAll('button')) {
    button.click();
    seen.over.push(...over());
    seen.opened += button.getAttribute('aria-expanded') === 'true';
    seen.words += document.body.innerText;
  }
  return seen;
};
