import { pickFields } from '../graph/fields';
import { route, type GraphCall, type NodeOf, type Route } from '../graph/graph-call';
import { GraphError } from '../graph/graph-error';
import { listAnswer, page } from '../graph/paging';
import type { Account, Template } from '../world/state';
import { createTemplate, upsertTemplates } from './create-template';
import { deleteTemplates } from './delete-template';
import { editTemplate } from './edit-template';
import { unpause } from './lifecycle';
import { compareTemplates } from './compare-templates';
import { templateType } from './template-fields';

const management = 'whatsapp_business_management' as const;
const common = { permission: management, operation: 'template' };

function listTemplates(call: GraphCall, { account }: NodeOf<'waba'>): unknown {
  const { sim, params } = call;
  const wanted = (name: string): string | undefined =>
    typeof params[name] === 'string' && params[name] !== '' ? params[name] : undefined;
  const filters: [string | undefined, (template: Template) => string][] = [
    [wanted('status')?.toUpperCase(), (template) => template.status],
    [wanted('category')?.toUpperCase(), (template) => template.category],
    [wanted('language'), (template) => template.language],
    [wanted('quality_score')?.toUpperCase(), (template) => template.quality],
  ];
  const name = wanted('name') ?? wanted('name_or_content');
  const found = templatesOf(call, account).filter(
    (template) =>
      filters.every(([value, of]) => value === undefined || value.split(',').includes(of(template))) &&
      (name === undefined || template.name.includes(name)),
  );
  const { items, paging } = page(call, found, (template) => template.id);
  return listAnswer(
    items.map((template) => pickFields(templateType(sim, template), params.fields)),
    paging,
  );
}

const templatesOf = ({ sim }: GraphCall, account: Account): Template[] =>
  [...sim.state.templates.values()].filter(
    (template) => template.wabaId === account.id && template.status !== 'DELETED',
  );

function archive(call: GraphCall, { account }: NodeOf<'waba'>, archived: boolean): unknown {
  const ids = Array.isArray(call.params.hsm_ids) ? call.params.hsm_ids.map(String) : [];
  if (ids.length === 0 || ids.length > 100)
    throw new GraphError(100, { message: '(#100) Param hsm_ids must hold 1 to 100 ids.' });
  for (const template of templatesOf(call, account)) {
    if (ids.includes(template.id)) template.status = archived ? 'ARCHIVED' : 'APPROVED';
  }
  return { success: true };
}

export const templateRoutes: Route[] = [
  route({ ...common, method: 'GET', kind: 'waba', edge: 'message_templates', handle: listTemplates }),
  route({
    ...common,
    method: 'POST',
    kind: 'waba',
    edge: 'message_templates',
    handle: (call, { account }) => createTemplate(call, account),
  }),
  route({
    ...common,
    method: 'DELETE',
    kind: 'waba',
    edge: 'message_templates',
    handle: (call, { account }) => deleteTemplates(call, account),
  }),
  route({
    ...common,
    method: 'POST',
    kind: 'waba',
    edge: 'upsert_message_templates',
    handle: (call, { account }) => upsertTemplates(call, account),
  }),
  route({
    ...common,
    method: 'POST',
    kind: 'waba',
    edge: 'message_templates/archive',
    handle: (call, node) => archive(call, node, true),
  }),
  route({
    ...common,
    method: 'POST',
    kind: 'waba',
    edge: 'message_templates/unarchive',
    handle: (call, node) => archive(call, node, false),
  }),
  route({
    ...common,
    method: 'GET',
    kind: 'template',
    edge: '',
    handle: ({ sim, params }, { template }) => pickFields(templateType(sim, template), params.fields),
  }),
  route({
    ...common,
    method: 'POST',
    kind: 'template',
    edge: '',
    handle: (call, { template }) => editTemplate(call, template),
  }),
  route({
    ...common,
    method: 'GET',
    kind: 'template',
    edge: 'compare',
    handle: (call, { template }) => compareTemplates(call, template),
  }),
  route({
    ...common,
    method: 'POST',
    kind: 'template',
    edge: 'unpause',
    handle({ sim }, { template }) {
      if (template.status !== 'PAUSED') return { success: false, reason: 'The template is not paused.' };
      unpause(sim, template.id);
      return { success: true };
    },
  }),
];
