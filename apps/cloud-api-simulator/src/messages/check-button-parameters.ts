import { GraphError, missingParameter } from '../graph/graph-error';
import { placeholders } from '../templates/placeholders';
import type { TemplateButton } from '../world/state';
import type { Bag } from './checks';
import { isBag } from './checks';

/** Which send `sub_type` belongs to a template's button. */
const subTypes: Readonly<Record<string, readonly string[]>> = {
  URL: ['url'],
  OTP: ['url', 'copy_code'],
  QUICK_REPLY: ['quick_reply'],
  COPY_CODE: ['copy_code'],
  CATALOG: ['catalog'],
  MPM: ['mpm'],
  SPM: ['spm', 'mpm'],
  FLOW: ['flow'],
  VOICE_CALL: ['voice_call'],
  PHONE_NUMBER: ['phone_number'],
};

/** Buttons with a variable part need their parameter; the others take none or an optional one. */
export function checkButtonParameters(buttons: TemplateButton[], given: Bag[], where: string): void {
  const sent = given.filter((component) => String(component.type).toLowerCase() === 'button');
  for (const component of sent) {
    const index = Number(component.index ?? 0);
    const button = buttons[index];
    if (!button)
      throw new GraphError(132000, {
        details: `${where}buttons: there is no button at index ${String(component.index)}`,
      });
    const allowed = subTypes[button.type.toUpperCase()];
    if (allowed && !allowed.includes(String(component.sub_type).toLowerCase())) {
      throw new GraphError(132012, {
        details: `${where}buttons: Format mismatch at index ${index}, expected ${button.type}, received ${String(component.sub_type)}`,
      });
    }
  }
  buttons.forEach((button, index) => {
    const parameters = sent.find((component) => Number(component.index ?? 0) === index)?.parameters;
    const first: unknown = Array.isArray(parameters) ? parameters[0] : undefined;
    checkButton(button, isBag(first) ? first : undefined, `${where}buttons: Button at index ${index} of type`);
  });
}

function checkButton(button: TemplateButton, parameter: Bag | undefined, what: string): void {
  const type = button.type.toUpperCase();
  const needsText = type === 'OTP' || (type === 'URL' && placeholders(button.url).length > 0);
  if (needsText && (typeof parameter?.text !== 'string' || parameter.text === '')) {
    throw missingParameter(`${what} Url requires a parameter`);
  }
  if (type === 'URL' && !needsText && parameter) {
    throw new GraphError(132000, { details: `${what} Url does not take a parameter` });
  }
  if (type === 'COPY_CODE' && (typeof parameter?.coupon_code !== 'string' || parameter.coupon_code === '')) {
    throw missingParameter(`${what} CopyCode requires a parameter`);
  }
  if (type === 'COPY_CODE' && String(parameter?.coupon_code).length > 20) {
    throw new GraphError(132005, { details: `${what} CopyCode takes at most 20 characters` });
  }
  if (type === 'MPM' && !isBag(parameter?.action))
    throw missingParameter(`${what} MPM requires an action with sections`);
}
