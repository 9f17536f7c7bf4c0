import { html, type Html } from './html';

interface Form {
  method?: 'POST' | 'DELETE';
  action: string;
  fields?: Html;
  button: string;
  /** Asked before it is done. */
  confirm?: string;
}

/** Named fields whose values go as one JSON object: `message.text.body` is a member of a member of a member. */
export const form = ({ method = 'POST', action, fields = html``, button, confirm = '' }: Form): Html =>
  html`<form data-method="${method}" data-action="${action}" data-confirm="${confirm}">
    ${fields}<button>${button}</button><output></output>
  </form>`;

export const select = (
  name: string,
  label: string,
  values: readonly (readonly [value: string, shown: string])[],
): Html =>
  html`<select name="${name}" aria-label="${label}">
    ${values.map(([value, shown]) => html`<option value="${value}">${shown}</option>`)}
  </select>`;

/** Each value is shown as it is. */
export const choice = (name: string, label: string, values: readonly string[]): Html =>
  select(
    name,
    label,
    values.map((value) => [value, value] as const),
  );

interface Field {
  value?: string | number;
  type?: 'text' | 'number' | 'hidden';
  size?: number;
}

/** A field that its placeholder labels. */
export const field = (name: string, label: string, { value = '', type = 'text', size = 16 }: Field = {}): Html =>
  html`<input
    name="${name}"
    placeholder="${label}"
    aria-label="${label}"
    type="${type}"
    step="any"
    size="${size}"
    value="${value}"
  />`;
