import type { TemplateCategory, TemplateComponent } from '../world/state';

/** An authentication template has no text of its own: Meta fills it in and shows the code button as a URL button. */
export function asShown(components: TemplateComponent[], category: TemplateCategory): TemplateComponent[] {
  if (category !== 'AUTHENTICATION') return components;
  return components.map((component) => {
    const type = component.type.toUpperCase();
    if (type === 'BODY') return shownBody(component);
    if (type === 'FOOTER' && typeof component.code_expiration_minutes === 'number') {
      return { ...component, text: `This code expires in ${component.code_expiration_minutes} minutes.` };
    }
    if (type === 'BUTTONS') return { ...component, buttons: (component.buttons ?? []).map(shownButton) };
    return component;
  });
}

function shownBody(component: TemplateComponent): TemplateComponent {
  const advice = component.add_security_recommendation === true ? ' For your security, do not share this code.' : '';
  return { ...component, text: `*{{1}}* is your verification code.${advice}`, example: { body_text: [['123456']] } };
}

function shownButton(
  button: NonNullable<TemplateComponent['buttons']>[number],
): NonNullable<TemplateComponent['buttons']>[number] {
  if (button.type.toUpperCase() !== 'OTP') return button;
  const kind = String(button.otp_type ?? 'COPY_CODE').toUpperCase();
  const url = `https://www.whatsapp.com/otp/code/?otp_type=${kind}&code_expiration_minutes=10&code=otp{{1}}`;
  return { type: 'URL', text: button.text ?? 'Copy code', url, example: [url.replace('{{1}}', '123456')] };
}
