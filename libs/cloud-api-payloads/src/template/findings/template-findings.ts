import { bodyMax } from '../check-send-components';
import type { TemplateDefinition } from '../definition';
import { buttonsOf, componentOf, isNamed } from '../parts';
import { authenticationFindings } from './authentication-findings';
import { buttonFindings } from './button-findings';
import { carouselFindings } from './carousel-findings';
import { finding, type Finding } from './catalogue';
import { nameFindings } from './name-findings';
import { offerFindings } from './offer-findings';
import { pathOf } from './place';
import { substanceFindings } from './substance-findings';
import { bodyFindings, footerFindings, headerFindings } from './text-findings';

function repeated(definition: TemplateDefinition): Finding[] {
  const types = definition.components.map((component) => component.type);
  return types.flatMap((type, index) =>
    types.indexOf(type) === index ? [] : [finding('component-repeated', `components[${index}]`, type)],
  );
}

function ordinary(definition: TemplateDefinition): Finding[] {
  const header = componentOf(definition, 'HEADER');
  const body = componentOf(definition, 'BODY');
  const footer = componentOf(definition, 'FOOTER');
  const hasButtons = componentOf(definition, 'BUTTONS') !== undefined;
  const path = `${pathOf(definition, 'BUTTONS')}.buttons`;
  const rules = { named: isNamed(definition), max: bodyMax(definition), card: false };
  const findings = [
    ...(header ? headerFindings(header, pathOf(definition, 'HEADER'), definition) : []),
    ...(body ? bodyFindings(body, pathOf(definition, 'BODY'), rules) : [finding('body-missing', 'components')]),
    ...(footer ? footerFindings(footer, pathOf(definition, 'FOOTER')) : []),
    ...(hasButtons ? buttonFindings(buttonsOf(definition), path) : []),
  ];
  const otp = buttonsOf(definition).findIndex((button) => button.type === 'OTP');
  if (otp !== -1) findings.push(finding('otp-misplaced', `${path}[${otp}]`));
  return findings;
}

/**
 * Looks a template over before Meta does: what its review refuses for form (severity `error`), and what it may reject
 * for substance (`warning`). Codes are those of `findingCatalogue`. Each finding has its place and its remedy.
 */
export function templateFindings(definition: TemplateDefinition): Finding[] {
  const kind = definition.category === 'AUTHENTICATION' ? authenticationFindings : ordinary;
  return [
    ...nameFindings(definition),
    ...repeated(definition),
    ...kind(definition),
    ...offerFindings(definition),
    ...carouselFindings(definition),
    ...substanceFindings(definition),
  ];
}
