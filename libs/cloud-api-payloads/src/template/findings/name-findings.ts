import { limits } from '../../limits';
import type { TemplateDefinition } from '../definition';
import { finding, type Finding } from './catalogue';

const categories = ['MARKETING', 'UTILITY', 'AUTHENTICATION'];

function ttlFindings({ category, message_send_ttl_seconds: ttl }: TemplateDefinition): Finding[] {
  if (ttl === undefined || ttl === null) return [];
  const range = limits.ttlSeconds[category.toLowerCase() as keyof typeof limits.ttlSeconds] as
    { readonly min: number; readonly max: number } | undefined;
  // -1 asks for thirty days, where marketing's own range does not hold.
  if (!range || (ttl === -1 && category !== 'MARKETING')) return [];
  const fits = Number.isInteger(ttl) && ttl >= range.min && ttl <= range.max;
  return fits ? [] : [finding('ttl-out-of-range', 'message_send_ttl_seconds', String(ttl))];
}

/** What is wrong with a template's name, language, category, format or time to live. */
export function nameFindings(definition: TemplateDefinition): Finding[] {
  const { name, language, category, parameter_format: format } = definition;
  const findings: Finding[] = [];
  if (!/^[a-z0-9_]+$/.test(name) || name.length > limits.template.name) findings.push(finding('name-invalid', 'name'));
  if (!/^[a-z]{2,3}(_[A-Z]{2,4}|_[A-Z][a-z]{3}|_\d{3})?$/.test(language))
    findings.push(finding('language-invalid', 'language', language));
  if (!categories.includes(category)) findings.push(finding('category-unknown', 'category', category));
  if (format !== undefined && format !== 'POSITIONAL' && format !== 'NAMED')
    findings.push(finding('format-unknown', 'parameter_format', format));
  return [...findings, ...ttlFindings(definition)];
}
