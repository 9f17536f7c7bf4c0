import { z } from 'zod';
import { limits } from '../limits';
import { list, text } from '../shape';
import { footer, listBody, textHeader } from './interactive-parts';

const row = z.strictObject({
  id: text(limits.list.rowId),
  title: text(limits.list.rowTitle),
  description: text(limits.list.rowDescription).optional(),
});
const section = z.strictObject({
  title: text(limits.list.sectionTitle).optional(),
  rows: list(row, { min: 1, max: limits.list.rows }),
});

/** A list of rows in sections: ten rows in all, a title on each section where there is more than one. */
export const RowList = z.strictObject({
  type: z.literal('list'),
  header: textHeader.optional(),
  body: listBody,
  footer: footer.optional(),
  action: z.strictObject({
    button: text(limits.list.button),
    sections: list(section, { min: 1, max: limits.list.sections })
      .refine(
        (sections) => sections.reduce((rows, each) => rows + each.rows.length, 0) <= limits.list.rows,
        `must have at most ${limits.list.rows} rows in all sections together`,
      )
      .refine(
        (sections) => sections.length === 1 || sections.every((each) => each.title !== undefined),
        'needs a title on every section when there are several',
      )
      .refine((sections) => {
        const ids = sections.flatMap((each) => each.rows.map((one) => one.id));
        return new Set(ids).size === ids.length;
      }, 'row ids must differ from each other'),
  }),
});
