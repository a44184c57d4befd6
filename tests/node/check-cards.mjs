// Reads Adaptive Cards as JSON lines. Answers each with a line, {errors, read, shown, dates, presses}: the complaints of the Adaptive
// Cards renderer as a host of version 1.5, the texts in which it reads Markdown, the texts that it shows literally, the texts with a date,
// and the data of the buttons.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const { AdaptiveCard, SerializationContext, Versions, TextBlock, TextRun, RichTextBlock, ShowCardAction } = require('adaptivecards/dist/adaptivecards.js');
const date = /\{\{(DATE|TIME)\(/;

function* elements(container) {
  for (let i = 0; i < container.getItemCount(); i++) {
    const element = container.getItemAt(i);
    yield element;
    if (element instanceof RichTextBlock)
      for (let run = 0; run < element.getInlineCount(); run++) yield element.getInlineAt(run);
    else if (element.getItemCount) yield* elements(element);
    for (let action = 0; action < (element.getActionCount?.() ?? 0); action++) {
      const button = element.getActionAt(action);
      if (button instanceof ShowCardAction) yield* elements(button.card);
    }
  }
}

function* actions(json) {
  if (Array.isArray(json)) for (const each of json) yield* actions(each);
  else if (json && typeof json === 'object') {
    if (typeof json.type === 'string' && json.type.startsWith('Action.')) yield json;
    for (const [name, each] of Object.entries(json)) if (name !== 'fallback') yield* actions(each);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const json = JSON.parse(line);
  const card = new AdaptiveCard();
  const context = new SerializationContext(Versions.v1_5);
  card.parse(json, context);
  const errors = card.validateProperties().validationEvents.map(event => event.message);
  for (let i = 0; i < context.eventCount; i++) errors.push(context.getEventAt(i).message);
  const all = [...elements(card)];
  // The library writes back only what it understood.
  const understood = [...actions(card.toJSON(new SerializationContext(Versions.v1_5)))];
  console.log(JSON.stringify({
    errors,
    read: all.filter(each => each instanceof TextBlock).map(each => each.text),
    shown: all.filter(each => each instanceof TextRun).map(each => each.text),
    dates: all.filter(each => date.test(each.text ?? '')).map(each => each.text),
    presses: understood.filter(each => each.type === 'Action.Execute').map(each => ({ verb: each.verb, data: each.data })),
  }));
}
