import type { Simulation } from '../world/simulation';
import { isBag } from './checks';

const mediaTypes = ['image', 'audio', 'video', 'document', 'sticker'];

/** The link Meta would have to fetch for this message, if the settings say that it is fetched. */
export function mediaLinkOf(sim: Simulation, type: string, params: Record<string, unknown>): string | undefined {
  const mode = sim.state.settings.mediaLinks;
  if (mode === 'never' || (!mediaTypes.includes(type) && type !== 'template')) return undefined;
  const link = type === 'template' ? headerLink(params.template) : linkIn(params[type]);
  if (link === undefined) return undefined;
  const loopback = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])([:/]|$)/i.test(link);
  return mode === 'always' || loopback ? link : undefined;
}

function linkIn(value: unknown): string | undefined {
  return isBag(value) && typeof value.link === 'string' ? value.link : undefined;
}

function headerLink(template: unknown): string | undefined {
  const components = isBag(template) && Array.isArray(template.components) ? template.components : [];
  const header: unknown = components.find(
    (component) => isBag(component) && String(component.type).toLowerCase() === 'header',
  );
  const parameter: unknown = isBag(header) && Array.isArray(header.parameters) ? header.parameters[0] : undefined;
  return isBag(parameter) ? linkIn(parameter[String(parameter.type)]) : undefined;
}
