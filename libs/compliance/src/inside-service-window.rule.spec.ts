import { exampleFacts, freeText } from './example-facts';
import { insideServiceWindow } from './inside-service-window.rule';
import { specify } from './rule-table';

const at = new Date('2026-03-10T12:00:00.000Z');
const freeTextAfter = (lastInboundAt: string) => exampleFacts({ at, content: freeText, lastInboundAt });

specify(insideServiceWindow, [
  ['a template, and the person never wrote', exampleFacts(), 'skip'],
  ['free text, and the person never wrote', exampleFacts({ content: freeText }), 'refuse window-closed'],
  ['free text an hour after the person wrote', freeTextAfter('2026-03-10T11:00:00.000Z'), 'pass'],
  ['free text 23 h 58 min after', freeTextAfter('2026-03-09T12:02:00.000Z'), 'pass'],
  ['free text in the last minute of the 24 hours', freeTextAfter('2026-03-09T12:00:30.000Z'), 'refuse window-closed'],
  ['free text just where the margin begins', freeTextAfter('2026-03-09T12:01:00.000Z'), 'refuse window-closed'],
  ['free text two days after', freeTextAfter('2026-03-08T12:00:00.000Z'), 'refuse window-closed'],
]);
