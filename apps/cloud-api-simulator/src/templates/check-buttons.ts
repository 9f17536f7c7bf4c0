import { GraphError } from '../graph/graph-error';
import { isBag, tooLong } from '../messages/checks';
import { refused } from './refused';
import { placeholders } from './placeholders';

/** How many of a kind a template may have. */
const mostOf: Readonly<Record<string, number>> = {
  QUICK_REPLY: 10,
  URL: 2,
  PHONE_NUMBER: 1,
  COPY_CODE: 1,
  VOICE_CALL: 1,
  FLOW: 1,
  CATALOG: 1,
  MPM: 1,
  SPM: 1,
  REQUEST_CONTACT_INFO: 1,
  OTP: 1,
};

const wrong = (message: string): GraphError => refused(2388060, 'Buttons are incorrect', message);

export function checkButtons(buttons: unknown): void {
  if (!Array.isArray(buttons) || buttons.length < 1 || buttons.length > 10)
    throw wrong('A template has 1 to 10 buttons.');
  const types = buttons.map((button) => checkButton(button));
  for (const [type, most] of Object.entries(mostOf)) {
    if (types.filter((one) => one === type).length > most) throw wrong(`At most ${most} button(s) of type ${type}.`);
  }
  const changes = types.filter(
    (type, index) => index > 0 && (type === 'QUICK_REPLY') !== (types[index - 1] === 'QUICK_REPLY'),
  ).length;
  if (changes > 1) throw wrong('Quick replies and other buttons must form two groups.');
}

function checkButton(button: unknown): string {
  const type = isBag(button) ? String(button.type ?? '').toUpperCase() : '';
  if (!isBag(button) || !(type in mostOf)) {
    throw new GraphError(100, {
      message: `(#100) Param buttons[type] must be one of {${Object.keys(mostOf).join(', ')}} - got "${type}".`,
    });
  }
  const { text } = button;
  if (
    ['QUICK_REPLY', 'URL', 'PHONE_NUMBER', 'FLOW'].includes(type) &&
    (typeof text !== 'string' || text === '' || tooLong(text, 25))
  ) {
    throw wrong(`The text of a button of type ${type} has 1 to 25 characters.`);
  }
  if (type === 'URL') checkUrl(button);
  if (type === 'PHONE_NUMBER' && (typeof button.phone_number !== 'string' || button.phone_number.length > 20))
    throw wrong('A phone number has at most 20 characters.');
  if (type === 'COPY_CODE') {
    const example: unknown = Array.isArray(button.example) ? button.example[0] : button.example;
    if (typeof example !== 'string' || example === '' || example.length > 20)
      throw wrong('A coupon code needs an example of at most 20 characters.');
  }
  return type;
}

function checkUrl(button: Record<string, unknown>): void {
  const { url } = button;
  if (typeof url !== 'string' || !/^https?:\/\//i.test(url) || url.length > 2_000)
    throw wrong('A URL button needs a URL of at most 2000 characters.');
  const variables = placeholders(url);
  if (variables.length === 0) return;
  if (variables.length > 1 || !/\}\}$/.test(url)) throw wrong('A URL has at most one variable, at its end.');
  if (button.example === undefined) throw wrong('A URL with a variable needs an example.');
}
