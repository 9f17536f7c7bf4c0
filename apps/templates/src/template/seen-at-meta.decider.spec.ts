import { fold } from '@postrider/decider';
import type { TemplateDefinition } from '@postrider/event-contracts';
import { missTemplate, observeTemplate, reportTemplate, type TemplateReport } from './seen-at-meta.decider';
import { template, type TemplateEvent, type TemplateState } from './template.decider';

const at = new Date('2026-01-15T12:00:00Z');
const definition: TemplateDefinition = {
  name: 'welcome',
  language: 'en_US',
  category: 'MARKETING',
  parameterFormat: 'POSITIONAL',
  components: [{ type: 'BODY', text: 'Hello {{1}}!', example: { body_text: [['Ann']] } }],
};
const seen = {
  templateId: '0198b7a0-0000-7000-8000-000000000004',
  accountId: '0198b7a0-0000-7000-8000-000000000001',
  wabaId: '2000',
  metaTemplateId: '4711',
  definition,
  status: 'APPROVED',
  at,
};
type Decide = (state: TemplateState) => readonly TemplateEvent[];
const given = (...decisions: Decide[]) => {
  let state: TemplateState;
  for (const decide of decisions) state = fold(template, decide(state), state);
  return { state, when: (decide: Decide) => decide(state) };
};
const types = (events: readonly TemplateEvent[]): string[] => events.map(({ type }) => type);
const look =
  (given: Partial<typeof seen> & { quality?: 'GREEN' | 'RED'; rejectionReason?: string } = {}): Decide =>
  (state) =>
    observeTemplate({ ...seen, ...given }, state);
const report =
  (given: Partial<TemplateReport>): Decide =>
  (state) =>
    reportTemplate({ metaTemplateId: '4711', at, ...given }, state);

describe('a look at Meta', () => {
  it('discovers a template made elsewhere, with its state', () => {
    expect(given(look()).state).toMatchObject({ state: 'approved', metaTemplateId: '4711', definition });
    expect(given(look({ status: 'REJECTED', rejectionReason: 'SCAM' })).state).toMatchObject({
      state: 'rejected',
      rejection: { reason: 'SCAM' },
    });
  });

  it('says nothing when it finds all as before', () => {
    expect(given(look()).when(look())).toEqual([]);
    expect(given(look({ status: 'PAUSED' })).when(look({ status: 'PAUSED' }))).toEqual([]);
    expect(given(look({ status: 'REJECTED', rejectionReason: 'SCAM' })).when(look({ status: 'REJECTED' }))).toEqual([]);
  });

  it('does not take another sample or spelling for other words', () => {
    const components = [{ type: 'body', text: 'Hello {{1}}!', example: { body_text: [['Bob']] } }];
    expect(given(look()).when(look({ definition: { ...definition, components } }))).toEqual([]);
  });

  it('tells of words, category, state and quality that changed there', () => {
    const components = [{ type: 'BODY', text: 'Hi {{1}}!' }];
    const changed = look({
      definition: { ...definition, components, category: 'UTILITY' },
      status: 'PAUSED',
      quality: 'RED',
    });
    expect(types(given(look()).when(changed))).toEqual([
      'TemplateRevised',
      'TemplateCategoryChanged',
      'TemplatePaused',
      'TemplateQualityChanged',
    ]);
    expect(given(look(), changed).when(changed)).toEqual([]);
  });

  it('does not bring a deleted template back, but a new one of the same name', () => {
    const gone = given(look(), report({ status: 'DELETED' }));
    expect(gone.when(look())).toEqual([]);
    expect(types(gone.when(look({ metaTemplateId: '4712' })))).toEqual(['TemplateDiscovered']);
  });

  it('that does not show a template any more, deletes it', () => {
    const missed: Decide = (state) => missTemplate({}, state);
    expect(types(given(look()).when(missed))).toEqual(['TemplateDeleted']);
    expect(given(look(), missed).when(missed)).toEqual([]);
  });
});

describe('a webhook about a template', () => {
  it('pauses for three hours, then six, and reinstates', () => {
    const first = given(look(), report({ status: 'PAUSED', title: 'FIRST_PAUSE' }));
    expect(first.state?.pause).toEqual({ reason: 'FIRST_PAUSE', until: '2026-01-15T15:00:00.000Z' });
    expect(types(first.when(report({ status: 'APPROVED' })))).toEqual(['TemplateReinstated']);
    const second = given(look(), report({ status: 'PAUSED', title: 'SECOND_PAUSE' }));
    expect(second.state?.pause?.until).toBe('2026-01-15T18:00:00.000Z');
  });

  it('rejects with the reason and what Meta recommends', () => {
    const rejected = given(
      look({ status: 'PENDING' }),
      report({ status: 'REJECTED', reason: 'SCAM', recommendation: 'No.' }),
    );
    expect(rejected.state?.rejection).toEqual({ reason: 'SCAM', recommendation: 'No.' });
  });

  it('changes nothing for words that do not bear on sending', () => {
    expect(given(look()).when(report({ status: 'FLAGGED' }))).toEqual([]);
    expect(given(look()).when(report({ status: 'A_NEW_WORD' }))).toEqual([]);
  });

  it('changes nothing the second time', () => {
    for (const news of [{ status: 'DISABLED' }, { category: 'UTILITY' }, { quality: 'RED' as const }]) {
      const told = given(look(), report(news));
      expect(types(given(look()).when(report(news)))).toHaveLength(1);
      expect(told.when(report(news))).toEqual([]);
    }
  });

  it('about a template nobody knows waits for a look', () => {
    expect(given().when(report({ status: 'APPROVED' }))).toEqual([]);
  });
});
