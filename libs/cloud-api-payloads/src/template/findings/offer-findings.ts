import { limits } from '../../limits';
import { characters } from '../../shape';
import type { TemplateDefinition } from '../definition';
import { buttonsOf, componentOf } from '../parts';
import { finding, type Finding } from './catalogue';
import { pathOf } from './place';

/** What is wrong with a limited-time offer. */
export function offerFindings(definition: TemplateDefinition): Finding[] {
  const offer = componentOf(definition, 'LIMITED_TIME_OFFER')?.limited_time_offer;
  if (!offer) return [];
  const findings: Finding[] = [];
  const text = offer.text?.trim() ?? '';
  if (definition.category !== 'MARKETING') findings.push(finding('offer-category', 'category'));
  if (text === '' || characters(text) > limits.template.offerText)
    findings.push(finding('offer-text', `${pathOf(definition, 'LIMITED_TIME_OFFER')}.limited_time_offer.text`));
  if (componentOf(definition, 'FOOTER')) findings.push(finding('offer-footer', pathOf(definition, 'FOOTER')));
  const header = componentOf(definition, 'HEADER');
  if (header && !['IMAGE', 'VIDEO'].includes(header.format))
    findings.push(finding('offer-header', pathOf(definition, 'HEADER')));

  const path = `${pathOf(definition, 'BUTTONS')}.buttons`;
  const buttons = buttonsOf(definition);
  const kinds = buttons.map((button) => button.type).join(' ');
  if (!['URL', 'COPY_CODE URL', 'COPY_CODE'].includes(kinds)) findings.push(finding('offer-buttons', path, kinds));
  const code = buttons.find((button) => button.type === 'COPY_CODE')?.example?.[0] ?? '';
  if (characters(code) > limits.template.offerCode && characters(code) <= limits.template.couponExample)
    findings.push(finding('coupon-code-invalid', path));
  return findings;
}
