import { fold } from '@postrider/decider';
import { TemplateApproved, TemplateDisabled, TemplateDrafted, TemplateSubmitted } from '@postrider/event-contracts';
import { memoryLog } from '@postrider/event-store';
import { changing, ownDoing } from '@postrider/service-host';
import { v7 } from 'uuid';
import type { SeenTemplate } from '../template/seen-at-meta.decider';
import { template, type TemplateEvent } from '../template/template.decider';
import { takeUp } from './take-up';

const by = ownDoing('templates', '01900000-0000-7000-8000-000000000001', 'spec');
const definition = {
  ...{ name: 'welcome', language: 'en_US', category: 'MARKETING' as const, parameterFormat: 'POSITIONAL' as const },
  components: [{ type: 'BODY', text: 'Hello, and welcome.' }],
};
const of = { templateId: v7(), accountId: v7(), wabaId: '2', at: new Date() };
/** Cloned, as what the log gives is. */
const shownAs = (status: string): SeenTemplate => structuredClone({ metaTemplateId: '4', definition, status });

const { templateId } = of;
const approved = [
  TemplateDrafted.of({ ...of, definition }),
  TemplateSubmitted.of({ templateId, metaTemplateId: '4' }),
  TemplateApproved.of({ templateId }),
];

function opened() {
  const log = memoryLog({ service: 'templates' });
  const clock = { now: () => new Date(), monotonicMs: () => performance.now() };
  const readers = { reached: () => Promise.resolve(true), caughtUp: () => Promise.resolve(true) };
  const changes = changing({ service: 'templates', log, clock, readers, shownBy: 'templates:templates' });
  const tell = (...events: TemplateEvent[]) => changes.change(by, templateId, template, () => events);
  const story = async () => (await log.readStream(templateId)) as unknown as TemplateEvent[];
  return { changes, tell, story };
}

it('asks Meta again where a webhook told something while Meta was asked', async () => {
  const { changes, tell, story } = opened();
  await tell(...approved);
  const answers = [
    async () => {
      await tell(TemplateDisabled.of({ templateId }));
      return shownAs('PAUSED');
    },
    () => Promise.resolve(shownAs('DISABLED')),
  ];
  await takeUp(changes, by, of, () => answers.shift()!());
  expect((await story()).map(({ type }) => type)).toEqual([...approved.map(({ type }) => type), 'TemplateDisabled']);
  expect(fold(template, await story())?.state).toBe('disabled');
  expect(answers).toEqual([]);
});

it('is not led back to a review by a look from before its end', async () => {
  const { changes, tell, story } = opened();
  await tell(...approved.slice(0, 2));
  await takeUp(changes, by, of, async () => {
    await tell(TemplateApproved.of({ templateId }));
    return shownAs('PENDING');
  });
  expect(fold(template, await story())?.state).toBe('approved');
});
