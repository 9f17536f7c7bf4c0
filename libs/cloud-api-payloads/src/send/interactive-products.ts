import { z } from 'zod';
import { limits } from '../limits';
import { id, list, nonEmpty, text } from '../shape';
import { body, footer, textHeader } from './interactive-parts';

const retailerId = nonEmpty.max(200);

export const Product = z.strictObject({
  type: z.literal('product'),
  body: body.optional(),
  footer: footer.optional(),
  action: z.strictObject({ catalog_id: id, product_retailer_id: retailerId }),
});

export const productSections = list(
  z.strictObject({
    title: text(limits.products.sectionTitle).optional(),
    product_items: list(z.strictObject({ product_retailer_id: retailerId }), { min: 1, max: limits.products.products }),
  }),
  { min: 1, max: limits.products.sections },
)
  .refine(
    (sections) => sections.reduce((items, each) => items + each.product_items.length, 0) <= limits.products.products,
    `must have at most ${limits.products.products} products in all sections together`,
  )
  .refine(
    (sections) => sections.length === 1 || sections.every((each) => each.title !== undefined),
    'needs a title on every section when there are several',
  );

export const ProductList = z.strictObject({
  type: z.literal('product_list'),
  header: textHeader,
  body,
  footer: footer.optional(),
  action: z.strictObject({ catalog_id: id, sections: productSections }),
});

export const CatalogMessage = z.strictObject({
  type: z.literal('catalog_message'),
  body,
  footer: footer.optional(),
  action: z.strictObject({
    name: z.literal('catalog_message'),
    parameters: z.strictObject({ thumbnail_product_retailer_id: retailerId.optional() }).optional(),
  }),
});
