import type { Template } from '../template/template.decider';
import { attentionFor, type AttentionEvent } from './attention';

const templateId = '0198b7a0-0000-7000-8000-000000000001';
const about = { templateId, definition: { name: 'parcel', language: 'en_US' } } as Template;
const of = (type: AttentionEvent['type'], data: object = {}) =>
  attentionFor({ type, data: { templateId, ...data } } as AttentionEvent, about);

describe('a template that needs an operator', () => {
  it.each([
    [
      'TemplatePaused',
      { reason: 'FIRST_PAUSE', until: '2026-01-15T15:00:00.000Z' },
      'critical',
      /"parcel" \(en_US\) is paused by Meta \(FIRST_PAUSE\) until 2026-01-15/,
    ],
    ['TemplatePaused', {}, 'critical', /until it is changed or reinstated/],
    ['TemplateDisabled', { reason: 'ABUSE' }, 'critical', /disabled by Meta \(ABUSE\)/],
    ['TemplateRejected', { reason: 'SCAM', recommendation: 'Say who you are' }, 'warning', /\(SCAM\): Say who you are/],
  ] as const)('is one of which Meta says %s, until it may be sent again', (type, data, severity, text) => {
    const { raise, clear = [] } = of(type, data);
    expect(raise).toMatchObject({ severity, text: expect.stringMatching(text), subject: { templateId } });
    expect(clear).not.toContain(raise?.key);
    for (const good of ['TemplateApproved', 'TemplateReinstated', 'TemplateDeleted'] as const) {
      expect(of(good).clear).toContain(raise?.key);
    }
  });

  it('has one alarm for its state: what it is now takes the place of what it was', () => {
    expect(of('TemplateDisabled').clear).toContain(of('TemplatePaused').raise?.key);
    expect(of('TemplateSubmitted').clear).toContain(of('TemplateRejected', { reason: 'NONE' }).raise?.key);
  });

  it.each([
    ['GREEN', 'YELLOW', 'raised'],
    ['GREEN', 'RED', 'raised'],
    ['YELLOW', 'RED', 'raised'],
    [undefined, 'RED', 'raised'],
    ['RED', 'YELLOW', 'cleared'],
    ['RED', 'GREEN', 'cleared'],
    ['YELLOW', 'UNKNOWN', 'cleared'],
  ])('is one whose quality drops: from %s to %s it is %s', (previous, quality, expected) => {
    const { raise, clear = [] } = of('TemplateQualityChanged', { previous, quality });
    expect(raise === undefined ? 'cleared' : 'raised').toBe(expected);
    expect([raise?.key, ...clear]).toContain(`template-quality:${templateId}`);
  });
});
