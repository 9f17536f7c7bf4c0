import { limits } from '../../limits';
import { characters } from '../../shape';
import type { TemplateBody, TemplateDefinition, TemplateFooter, TemplateHeader } from '../definition';
import { isNamed } from '../parts';
import { variablesIn } from '../variables';
import { finding, type Finding } from './catalogue';
import { bodySamples, headerSamples } from './sample-findings';
import { placementFindings, variableFindings } from './variable-findings';

const formats = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION', 'GIF', 'PRODUCT'];
const isLonger = (text: string, max: number) => characters(text, max) > max;

function textHeader(header: TemplateHeader, path: string, named: boolean): Finding[] {
  const text = header.text ?? '';
  if (text.trim() === '') return [finding('header-missing-text', `${path}.text`)];
  const findings = variableFindings({ text, path: `${path}.text`, named });
  if (isLonger(text, limits.template.header)) findings.push(finding('header-too-long', `${path}.text`));
  if (variablesIn(text).length > 1) findings.push(finding('header-variables', `${path}.text`));
  if (/[\r\n]/.test(text)) findings.push(finding('header-line-break', `${path}.text`));
  return findings;
}

/** What is wrong with the header, of the template or of a card. */
export function headerFindings(header: TemplateHeader, path: string, definition: TemplateDefinition): Finding[] {
  const named = isNamed(definition);
  if (!formats.includes(header.format)) return [finding('header-format-unknown', `${path}.format`, header.format)];
  const findings = header.format === 'TEXT' ? textHeader(header, path, named) : [];
  const marketing = definition.category === 'MARKETING';
  if (['GIF', 'PRODUCT'].includes(header.format) && !marketing)
    findings.push(finding('header-category', `${path}.format`, `${header.format} is for marketing`));
  return findings.length ? findings : headerSamples(header, path, named);
}

/** What is wrong with a body's text, whose length the kind of template sets. */
export function bodyFindings(
  body: TemplateBody,
  path: string,
  rules: { named: boolean; max: number; card: boolean },
): Finding[] {
  const text = body.text ?? '';
  if (text.trim() === '') return [finding('body-missing', `${path}.text`)];
  const part = { text, path: `${path}.text`, named: rules.named };
  const findings = variableFindings(part);
  if (isLonger(text, rules.max))
    findings.push(finding(rules.card ? 'card-body-too-long' : 'body-too-long', part.path, `at most ${rules.max}`));
  if (findings.some((each) => each.code.startsWith('variable'))) return findings;
  return [...findings, ...placementFindings(part), ...bodySamples(body, path, rules.named)];
}

export function footerFindings(footer: TemplateFooter, path: string): Finding[] {
  const text = footer.text ?? '';
  if (text.trim() === '') return [finding('footer-missing-text', `${path}.text`)];
  const findings: Finding[] = [];
  if (isLonger(text, limits.template.footer)) findings.push(finding('footer-too-long', `${path}.text`));
  if (variablesIn(text).length) findings.push(finding('footer-variable', `${path}.text`));
  return findings;
}
