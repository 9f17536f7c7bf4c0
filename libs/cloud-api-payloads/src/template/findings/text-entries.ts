import type { Entry } from './entry';

/** Findings about names, texts, variables and samples. */
export const textEntries = {
  'name-invalid': {
    severity: 'error',
    meaning: 'The name is not of lower-case letters, digits and underscores, at most 512',
    remedy: 'Use a to z, 0 to 9 and _ only',
  },
  'language-invalid': {
    severity: 'error',
    meaning: 'The language is not a code as en_US',
    remedy: 'Use a language code that Meta lists',
  },
  'category-unknown': {
    severity: 'error',
    meaning: 'The category is none of MARKETING, UTILITY, AUTHENTICATION',
    remedy: 'Choose one of the three',
  },
  'format-unknown': {
    severity: 'error',
    meaning: 'parameter_format is neither POSITIONAL nor NAMED',
    remedy: 'Choose one of the two',
  },
  'component-misplaced': {
    severity: 'error',
    meaning: 'A component cannot stand beside the others',
    remedy: 'Take it away',
  },
  'body-too-long': {
    severity: 'error',
    meaning: 'The body is longer than its kind of template allows',
    remedy: 'Shorten it',
  },
  'header-format-unknown': {
    severity: 'error',
    meaning: "The header's format is not one of Meta's",
    remedy: 'Use TEXT, IMAGE, VIDEO, DOCUMENT, LOCATION, GIF or PRODUCT',
  },
  'header-missing-text': {
    severity: 'error',
    meaning: 'A text header has no text',
    remedy: 'Write it, or take the header away',
  },
  'header-category': {
    severity: 'error',
    meaning: 'The format of the header is not for this category',
    remedy: 'Use another format or category',
  },
  'footer-missing-text': {
    severity: 'error',
    meaning: 'The footer has no text',
    remedy: 'Write it, or take the footer away',
  },
  'variable-malformed': {
    severity: 'error',
    meaning: 'A variable is not written as its format asks',
    remedy: 'Write {{1}}, or {{first_name}} in a NAMED template',
  },
  'variable-order': {
    severity: 'error',
    meaning: 'Variables do not count from 1 without a gap',
    remedy: 'Number them 1, 2, 3 …',
  },
  'variable-at-edge': {
    severity: 'error',
    meaning: 'A variable stands first or last in the body',
    remedy: 'Put text before and after it',
  },
  'variables-adjacent': {
    severity: 'error',
    meaning: 'Two variables stand next to each other',
    remedy: 'Put text between them',
  },
  'variable-density': {
    severity: 'error',
    meaning: 'There are too many variables for so few words',
    remedy: 'Write more text, or use fewer variables',
  },
  'sample-missing': {
    severity: 'error',
    meaning: 'A variable has no sample value',
    remedy: 'Give an example of each variable',
  },
  'sample-surplus': {
    severity: 'error',
    meaning: 'There are samples for variables that do not exist',
    remedy: 'Give one example for each variable',
  },
  'media-sample-missing': {
    severity: 'error',
    meaning: 'The header has no sample file',
    remedy: 'Upload a sample and give its handle',
  },
  'ttl-out-of-range': {
    severity: 'error',
    meaning: 'message_send_ttl_seconds is not within what the category allows',
    remedy: 'Authentication 30 to 900, utility 30 to 43,200, marketing 43,200 to 2,592,000',
  },
  'component-repeated': { severity: 'error', meaning: 'A component is there twice', remedy: 'Keep one of them' },
  'body-missing': { severity: 'error', meaning: 'There is no body, or it is empty', remedy: 'Write a body' },
  'header-too-long': { severity: 'error', meaning: 'The header has more than 60 characters', remedy: 'Shorten it' },
  'header-variables': { severity: 'error', meaning: 'The header has more than one variable', remedy: 'Keep one' },
  'header-line-break': { severity: 'error', meaning: 'The header has a line break', remedy: 'Write it in one line' },
  'footer-too-long': { severity: 'error', meaning: 'The footer has more than 60 characters', remedy: 'Shorten it' },
  'footer-variable': { severity: 'warning', meaning: 'The footer has a variable', remedy: 'Move it into the body' },
} as const satisfies Record<string, Entry>;
