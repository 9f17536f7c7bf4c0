import { limits } from '../../limits';
import type { TemplateButton, TemplateDefinition } from '../definition';
import { buttonsOf, componentOf } from '../parts';
import { finding, type Finding } from './catalogue';
import { pathOf } from './place';

const allowed = ['BODY', 'FOOTER', 'BUTTONS'];
const minutes = limits.template.codeExpirationMinutes;

/** A hash may have come percent-encoded, as in Meta's own example. */
function plain(hash: string): string {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

function appsFindings(button: TemplateButton, path: string): Finding[] {
  if (button.otp_type === 'COPY_CODE') return [];
  const older = button.package_name === undefined ? [] : [button];
  const apps = button.supported_apps ?? older;
  const fits =
    apps.length >= 1 &&
    apps.length <= limits.template.supportedApps &&
    apps.every((app) => app.package_name && plain(app.signature_hash ?? '').length === limits.template.signatureHash);
  const findings = fits ? [] : [finding('authentication-apps', `${path}.supported_apps`)];
  if (button.otp_type === 'ZERO_TAP' && button.zero_tap_terms_accepted !== true)
    findings.push(finding('authentication-terms', `${path}.zero_tap_terms_accepted`));
  return findings;
}

function otpFindings(definition: TemplateDefinition): Finding[] {
  const path = pathOf(definition, 'BUTTONS');
  const buttons = buttonsOf(definition);
  const [button] = buttons;
  const isOtp = button?.type === 'OTP' && ['COPY_CODE', 'ONE_TAP', 'ZERO_TAP'].includes(button.otp_type ?? '');
  if (buttons.length !== 1 || !button || !isOtp) return [finding('authentication-button', path)];
  return appsFindings(button, `${path}.buttons[0]`);
}

/** What is wrong with an authentication template, whose words are Meta's own. */
export function authenticationFindings(definition: TemplateDefinition): Finding[] {
  const findings = definition.components.flatMap((component, index) =>
    allowed.includes(component.type)
      ? []
      : [finding('authentication-component', `components[${index}]`, component.type)],
  );
  const body = componentOf(definition, 'BODY');
  if (!body) findings.push(finding('body-missing', 'components'));
  else if (body.text !== undefined) findings.push(finding('authentication-text', `${pathOf(definition, 'BODY')}.text`));
  const footer = componentOf(definition, 'FOOTER');
  if (footer?.text !== undefined) findings.push(finding('authentication-text', `${pathOf(definition, 'FOOTER')}.text`));
  const expires = footer?.code_expiration_minutes;
  if (
    expires !== undefined &&
    expires !== null &&
    !(Number.isInteger(expires) && expires >= minutes.min && expires <= minutes.max)
  )
    findings.push(
      finding('authentication-expiration', `${pathOf(definition, 'FOOTER')}.code_expiration_minutes`, String(expires)),
    );
  return [...findings, ...otpFindings(definition)];
}
