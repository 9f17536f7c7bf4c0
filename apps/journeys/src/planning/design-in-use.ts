import {
  componentsFrom,
  parseTemplateDefinition,
  type SimpleVariables,
  type TemplateDefinition as MetaDefinition,
} from '@postrider/cloud-api-payloads';
import { refuse, type Refusal } from '@postrider/decider';
import type { CampaignDesign } from '@postrider/event-contracts';
import { chooseLanguage, LiquidProblem, personaliser, type Data, type Personaliser } from '@postrider/personalisation';
import type { z } from 'zod';
import { isSendable, type ChannelView, type TemplateView } from '../local-copies/known-channels';

type Meta = z.infer<typeof MetaDefinition>;
type Template = CampaignDesign['template'];

export interface SendableTemplate {
  readonly language: string;
  readonly category: string;
  readonly definition: Meta;
}

/** One arm of a campaign: `name` is empty where there is no experiment. */
export interface Arm {
  readonly name: string;
  readonly template: Template;
  readonly personaliser: Personaliser;
  /** What may be sent of the template, by language. */
  readonly languages: ReadonlyMap<string, SendableTemplate>;
}

/** A design with everything that planning needs of other services' facts. */
export interface DesignInUse {
  readonly channel: ChannelView;
  readonly arms: ReadonlyMap<string, Arm>;
}

/** Puts a design together with channel and templates as they stand, or says why it cannot be sent. */
export function useDesign(
  design: CampaignDesign,
  channel: ChannelView | undefined,
  templates: readonly TemplateView[],
): DesignInUse | Refusal {
  if (channel === undefined) return refuse('unknown-channel', `There is no channel "${design.channel}".`);
  if (channel.state !== 'active') {
    return refuse('channel-inactive', `Nothing goes through the channel "${channel.name}": it is ${channel.state}.`);
  }
  const arms = new Map<string, Arm>();
  for (const variant of design.experiment?.variants ?? [{ name: '' }]) {
    const own = 'weight' in variant ? variant : undefined;
    const template = own?.template ?? design.template;
    const named = templates.filter(({ name }) => name === template.name);
    const unusable = whyUnusable(template, named);
    if (unusable) return unusable;
    const made = personaliserOf(own?.variables ?? design.variables);
    if ('refused' in made) return made;
    arms.set(variant.name, { name: variant.name, template, personaliser: made, languages: sendable(named) });
  }
  return { channel, arms };
}

function personaliserOf(variables: CampaignDesign['variables']): Personaliser | Refusal {
  try {
    return personaliser(variables);
  } catch (error) {
    if (error instanceof LiquidProblem) return refuse('malformed', `variables.${error.variable}: ${error.message}`);
    throw error;
  }
}

function whyUnusable(template: Template, named: readonly TemplateView[]): Refusal | undefined {
  const { name, language, fallback } = template;
  const fixed = [language, fallback].filter((each) => each !== undefined);
  const meant = language === undefined ? named : named.filter((each) => fixed.includes(each.language));
  if (meant.length === 0) {
    const where = language === undefined ? '' : ` in "${fixed.join('" or "')}"`;
    return refuse('unknown-template', `The channel's business account has no template "${name}"${where}.`);
  }
  if (meant.some(({ state }) => isSendable(state))) return undefined;
  const states = [...new Set(meant.map(({ state }) => state))].join(', ');
  const code = meant.some(({ state }) => state === 'paused') ? 'template-paused' : 'template-not-approved';
  return refuse(code, `The template "${name}" is ${states}.`);
}

function sendable(named: readonly TemplateView[]): Map<string, SendableTemplate> {
  const found = new Map<string, SendableTemplate>();
  for (const { language, state, definition: ours } of named) {
    if (!isSendable(state)) continue;
    const { parameterFormat, ...rest } = ours;
    const parsed = parseTemplateDefinition({ ...rest, parameter_format: parameterFormat });
    if (parsed.ok) found.set(language, { language, category: ours.category, definition: parsed.value });
  }
  return found;
}

/** The locale rule: the language that the design fixes, else the person's, else its fallback, else the channel's. */
export function languageFor(
  { template, languages }: Pick<Arm, 'template' | 'languages'>,
  row: Data,
  locale: string | undefined,
): SendableTemplate | undefined {
  const person = typeof row['language'] === 'string' ? row['language'] : undefined;
  const wish = { asked: template.language, person, fallback: template.fallback, channel: locale };
  const chosen = chooseLanguage(wish, languages.keys());
  return chosen === undefined ? undefined : languages.get(chosen.language);
}

/**
 * What would be wrong for everybody: a name that no row can have, or variables that are not the template's. Found by
 * filling in a row that has every column.
 */
export function designProblem(inUse: DesignInUse, columns: readonly string[]): Refusal | undefined {
  const whole = Object.fromEntries(columns.map((name) => [name, 'x']));
  for (const arm of inUse.arms.values()) {
    const filled = arm.personaliser.fill(whole);
    if (!filled.ok && filled.missing !== undefined) {
      return refuse(
        'missing-variable',
        `The variable "${filled.variable}" asks for "${filled.missing}", which nobody has: the audience's columns are ${columns.join(', ')}.`,
      );
    }
    if (!filled.ok) continue;
    for (const { language, definition } of arm.languages.values()) {
      const made = componentsFrom(definition, filled.values as SimpleVariables);
      if (made.ok) continue;
      const because = made.problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
      return refuse('parameters-mismatch', `The template "${arm.template.name}" in "${language}": ${because}.`);
    }
  }
  return undefined;
}
