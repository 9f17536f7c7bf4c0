import { readTemplateChange } from './template-report';

const read = (field: string, change: Record<string, unknown>) =>
  readTemplateChange({
    accountId: '0198b7a0-0000-7000-8000-000000000001',
    wabaId: '2000',
    metaTemplateId: '4711',
    templateName: 'welcome',
    templateLanguage: 'en_US',
    reportedAt: '2026-01-15T12:00:00.000Z',
    field,
    change,
  });

describe('a webhook about a template', () => {
  it('carries the reason and the recommendation of a rejection', () => {
    const rejection_info = { reason: 'Too many variables', recommendation: 'Use fewer' };
    expect(
      read('message_template_status_update', { event: 'REJECTED', reason: 'INVALID_FORMAT', rejection_info }),
    ).toMatchObject({
      status: 'REJECTED',
      reason: 'Too many variables',
      recommendation: 'Use fewer',
    });
  });

  it('takes the reason NONE for none', () => {
    expect(read('message_template_status_update', { event: 'APPROVED', reason: 'NONE' })).not.toHaveProperty('reason');
  });

  it('says which pause it is', () => {
    const other_info = { title: 'FIRST_PAUSE', description: '…' };
    expect(read('message_template_status_update', { event: 'PAUSED', other_info })).toMatchObject({
      title: 'FIRST_PAUSE',
    });
  });

  it('takes a category that changed, and not one that is announced', () => {
    expect(
      read('template_category_update', { previous_category: 'UTILITY', new_category: 'MARKETING' })?.category,
    ).toBe('MARKETING');
    const announced = { new_category: 'UTILITY', correct_category: 'MARKETING' };
    expect(read('template_category_update', announced)?.category).toBeUndefined();
  });

  it('takes the new quality', () => {
    expect(read('message_template_quality_update', { new_quality_score: 'RED' })?.quality).toBe('RED');
  });

  it('asks for a look where the components changed', () => {
    expect(read('message_template_components_update', { message_template_element: 'Hi' })).toBeUndefined();
  });
});
