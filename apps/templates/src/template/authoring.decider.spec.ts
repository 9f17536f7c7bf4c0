import { fold, isRefusal } from '@postrider/decider';
import { deleteTemplate, draftTemplate, mayBeSubmitted, reviseTemplate, submitTemplate } from './authoring.decider';
import { reportTemplate } from './seen-at-meta.decider';
import { template, type TemplateEvent, type TemplateState } from './template.decider';

const now = new Date('2026-01-15T12:00:00Z');
const templateId = '0198b7a0-0000-7000-8000-000000000004';
const owner = { accountId: '0198b7a0-0000-7000-8000-000000000001', wabaId: '2000' };
const definition = {
  name: 'order_update',
  language: 'en_US',
  category: 'UTILITY' as const,
  parameterFormat: 'POSITIONAL' as const,
  components: [{ type: 'BODY', text: 'Your order {{1}} is on its way.', example: { body_text: [['17']] } }],
};
const newWords = { ...definition, components: [{ type: 'BODY', text: 'Your order has left.' }] };

type Decide = (state: TemplateState) => ReturnType<typeof draftTemplate>;
const given = (...decisions: Decide[]) => {
  let state: TemplateState;
  for (const decide of decisions) {
    const outcome = decide(state);
    if (isRefusal(outcome)) throw new Error(outcome.because);
    state = fold(template, outcome as readonly TemplateEvent[], state);
  }
  return { state, when: (decide: Decide) => decide(state) };
};
const types = (outcome: unknown): string[] => (outcome as TemplateEvent[]).map(({ type }) => type);

const drafted: Decide = (state) => draftTemplate({ templateId, ...owner, definition }, state);
const revised: Decide = (state) => reviseTemplate({ definition: newWords }, state);
const submitted =
  (status = 'PENDING', category = 'UTILITY'): Decide =>
  (state) =>
    submitTemplate({ metaTemplateId: '4711', status, category, now }, state);
const reported =
  (status: string): Decide =>
  (state) =>
    reportTemplate({ metaTemplateId: '4711', at: now, status }, state);

describe('writing a template', () => {
  it('takes a name and language once, and again after a deletion', () => {
    const deleted: Decide = (state) => deleteTemplate({}, state);
    expect(given(drafted).when(drafted)).toMatchObject({ refused: 'conflict' });
    expect(types(given(drafted, deleted).when(drafted))).toEqual(['TemplateDrafted']);
    expect(given(drafted, deleted).when(deleted)).toEqual([]);
  });

  it('changes a draft at once, and says nothing when nothing changed', () => {
    expect(types(given(drafted).when(revised))).toEqual(['TemplateRevised']);
    expect(given(drafted, revised).when(revised)).toEqual([]);
  });

  it("keeps an approved template's words in force until the new ones are submitted", () => {
    const approved = given(drafted, submitted(), reported('APPROVED'), revised);
    expect(approved.state).toMatchObject({ state: 'approved', definition, revision: newWords });
    const resubmitted = given(drafted, submitted(), reported('APPROVED'), revised, submitted());
    expect(resubmitted.state).toMatchObject({ state: 'submitted', definition: newWords });
    expect(resubmitted.state?.revision).toBeUndefined();
  });

  it('is refused while Meta reviews it, and once Meta disabled it', () => {
    expect(given(drafted, submitted()).when(revised)).toMatchObject({ refused: 'conflict' });
    expect(given(drafted, submitted(), reported('DISABLED')).when(revised)).toMatchObject({ refused: 'conflict' });
  });

  it('does not change the category of an approved template', () => {
    const other: Decide = (state) => reviseTemplate({ definition: { ...newWords, category: 'MARKETING' } }, state);
    expect(given(drafted, submitted(), reported('APPROVED')).when(other)).toMatchObject({ refused: 'conflict' });
    expect(types(given(drafted, submitted(), reported('REJECTED')).when(other))).toEqual(['TemplateRevisionDrafted']);
  });
});

describe('submitting a template', () => {
  const findings = [{ code: 'body-missing', severity: 'error' as const }];

  it('is refused while a finding of severity error stands', () => {
    expect(mayBeSubmitted(findings, given(drafted).state, now)).toMatchObject({ refused: 'template-has-errors' });
    expect(mayBeSubmitted([{ code: 'x', severity: 'warning' }], given(drafted).state, now)).toEqual([]);
  });

  it('is refused when there is nothing new to submit', () => {
    expect(mayBeSubmitted([], given(drafted, submitted()).state, now)).toMatchObject({ refused: 'conflict' });
    expect(mayBeSubmitted([], given(drafted, submitted('APPROVED')).state, now)).toMatchObject({ refused: 'conflict' });
    expect(mayBeSubmitted([], given(drafted, submitted('APPROVED'), revised).state, now)).toEqual([]);
  });

  it('records the review, and what Meta decided at once', () => {
    expect(types(given(drafted).when(submitted()))).toEqual(['TemplateSubmitted']);
    expect(types(given(drafted).when(submitted('APPROVED')))).toEqual(['TemplateSubmitted', 'TemplateApproved']);
    expect(types(given(drafted).when(submitted('REJECTED')))).toEqual(['TemplateSubmitted', 'TemplateRejected']);
  });

  it("takes Meta's word on the category", () => {
    expect(given(drafted, submitted('APPROVED', 'MARKETING')).state?.definition.category).toBe('MARKETING');
  });

  it('says nothing more when the webhook was faster than the answer', () => {
    expect(types(given(drafted).when(reported('APPROVED')))).toEqual(['TemplateSubmitted', 'TemplateApproved']);
    const overtaken = given(drafted, reported('APPROVED'));
    expect(overtaken.when(submitted())).toEqual([]);
    expect(overtaken.state).toMatchObject({ state: 'approved', metaTemplateId: '4711' });
  });
});

describe('an approved template', () => {
  const day = 86_400_000;
  const at = (days: number): Date => new Date(now.getTime() + days * day);
  const edited =
    (days: number): Decide =>
    (state) =>
      submitTemplate({ metaTemplateId: '4711', status: 'APPROVED', edited: true, now: at(days) }, state);
  const words =
    (version: number): Decide =>
    (state) =>
      reviseTemplate({ definition: { ...newWords, components: [{ type: 'BODY', text: `Words ${version}.` }] } }, state);
  const approved = [drafted, submitted('APPROVED')];

  it('is edited once in 24 hours', () => {
    const { state } = given(...approved, words(1), edited(0), words(2));
    expect(state?.state).toBe('approved');
    expect(mayBeSubmitted([], state, at(0.9))).toMatchObject({
      refused: 'template-edit-limit',
      because: expect.stringContaining('2026-01-16T12:00:00.000Z'),
    });
    expect(mayBeSubmitted([], state, at(1))).toEqual([]);
  });

  it('is edited ten times in 30 days', () => {
    const edits = Array.from({ length: 10 }, (_, index) => [words(index), edited(index * 2)]).flat();
    const { state } = given(...approved, ...edits, words(10));
    expect(mayBeSubmitted([], state, at(29))).toMatchObject({ refused: 'template-edit-limit' });
    expect(mayBeSubmitted([], state, at(30))).toEqual([]);
  });

  it('is edited as often as one likes once it is rejected or paused', () => {
    for (const word of ['REJECTED', 'PAUSED']) {
      const { state } = given(...approved, words(1), edited(0), reported(word), words(2));
      expect(mayBeSubmitted([], state, at(0.1))).toEqual([]);
    }
  });
});
