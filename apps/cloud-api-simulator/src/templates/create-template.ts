import type { GraphCall } from '../graph/graph-call';
import { GraphError } from '../graph/graph-error';
import { nextNumber } from '../world/simulation';
import type { Account, Template, TemplateCategory, TemplateComponent } from '../world/state';
import { checkDefinition } from './check-definition';
import { refused } from './refused';
import { findTemplate } from './find-template';
import { asShown } from './authentication-template';
import { readsLikeMarketing } from './review-finding';

const hourMs = 3_600_000;
const languageCode = /^[a-z]{2,3}(_[A-Za-z]{2,4})?$/;

/** `POST /{WABA}/message_templates`: checked, filed as PENDING, reviewed shortly after. */
export function createTemplate(call: GraphCall, account: Account): unknown {
  const { params } = call;
  const name = params.name;
  if (typeof name !== 'string' || name === '')
    throw new GraphError(100, { message: '(#100) The parameter name is required.' });
  if (!/^[a-z0-9_]{1,512}$/.test(name)) {
    throw refused(
      2388023,
      'Invalid template name',
      'Message template name can only have lowercase letters, digits and underscores, at most 512.',
    );
  }
  const language = String(params.language ?? '');
  if (!languageCode.test(language))
    throw new GraphError(100, {
      message: `(#100) Param language must be a supported language code - got "${language}".`,
    });
  const asked = String(params.category ?? '').toUpperCase();
  if (!['AUTHENTICATION', 'MARKETING', 'UTILITY'].includes(asked)) {
    throw new GraphError(100, {
      message: `(#100) Param category must be one of {UTILITY, MARKETING, AUTHENTICATION} - got "${String(params.category)}".`,
    });
  }
  checkQuotas(call, account, name, language);
  const parameterFormat =
    String(params.parameter_format ?? 'POSITIONAL').toUpperCase() === 'NAMED' ? 'NAMED' : 'POSITIONAL';
  const components = checkDefinition({
    category: asked as TemplateCategory,
    parameterFormat,
    components: params.components,
    ttlSeconds: params.message_send_ttl_seconds,
  });
  const category =
    asked === 'UTILITY' && readsLikeMarketing(JSON.stringify(components)) ? 'MARKETING' : (asked as TemplateCategory);
  const template = addTemplate(call, account, { name, language, category, parameterFormat, components });
  if (typeof params.message_send_ttl_seconds === 'number') template.ttlSeconds = params.message_send_ttl_seconds;
  return { id: template.id, status: template.status, category: template.category };
}

type Definition = Pick<Template, 'name' | 'language' | 'category' | 'parameterFormat' | 'components'>;

function addTemplate({ sim }: GraphCall, account: Account, definition: Definition): Template {
  const nowMs = sim.nowMs();
  const template: Template = {
    // Beyond 2^53, as real ids may be.
    id: `9007199254${String(nextNumber(sim.state, 'template', 1)).padStart(8, '0')}`,
    wabaId: account.id,
    ...definition,
    components: asShown(definition.components, definition.category),
    status: 'PENDING',
    rejectedReason: 'NONE',
    quality: 'UNKNOWN',
    qualityAtMs: nowMs,
    pauses: 0,
    pacing: false,
    edits: [],
    createdAtMs: nowMs,
  };
  sim.state.templates.set(template.id, template);
  account.templateCreations.push(nowMs);
  if (sim.state.settings.review === 'automatic') {
    sim.schedule({ kind: 'review', dueMs: nowMs + sim.state.settings.reviewMs, templateId: template.id });
  }
  return template;
}

function checkQuotas({ sim }: GraphCall, account: Account, name: string, language: string): void {
  const { state } = sim;
  const nowMs = sim.nowMs();
  if (findTemplate(state, account.id, name, language)) {
    throw refused(
      2388024,
      'Content in this language already exists',
      `There is already ${language} content for this template. You can create a new template and try again.`,
    );
  }
  if ((state.blockedNames.get(`${account.id}:${name}:${language}`) ?? 0) > nowMs) {
    throw refused(
      2388023,
      'Message template language is being deleted',
      `New ${language} content can't be added while the existing content is being deleted. Try again in 4 weeks or create a new message template.`,
    );
  }
  if (!state.settings.enforceTemplateQuotas) return;
  account.templateCreations = account.templateCreations.filter((atMs) => atMs > nowMs - hourMs);
  if (account.templateCreations.length >= 100)
    throw new GraphError(80007, { details: 'Templates were created more than 100 times in this hour.' });
  const most = state.portfolios.get(account.portfolioId)?.verified ? 6_000 : 250;
  const count = [...state.templates.values()].filter(
    (template) => template.wabaId === account.id && template.status !== 'DELETED',
  ).length;
  if (count >= most)
    throw refused(2388019, 'Message Template Limit Exceeded', `The account already has ${most} message templates.`);
}

/** `POST /{WABA}/upsert_message_templates`: authentication templates in several languages at once. */
export function upsertTemplates(call: GraphCall, account: Account): unknown {
  const { params, sim } = call;
  if (String(params.category).toUpperCase() !== 'AUTHENTICATION') {
    throw new GraphError(100, { message: '(#100) Only authentication templates can be upserted.' });
  }
  if (!Array.isArray(params.languages) || params.languages.length === 0) {
    throw new GraphError(100, { message: '(#100) The parameter languages is required.' });
  }
  const components: TemplateComponent[] = checkDefinition({
    category: 'AUTHENTICATION',
    parameterFormat: 'POSITIONAL',
    components: params.components,
  });
  const data = params.languages.map(String).map((language) => {
    const existing = findTemplate(sim.state, account.id, String(params.name), language);
    if (existing) existing.components = asShown(components, 'AUTHENTICATION');
    const template =
      existing ??
      addTemplate(call, account, {
        name: String(params.name),
        language,
        category: 'AUTHENTICATION',
        parameterFormat: 'POSITIONAL',
        components,
      });
    return { id: template.id, status: template.status, language };
  });
  return { data };
}
