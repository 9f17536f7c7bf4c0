/** Text that is safe inside HTML. Marks a page's own pieces, so that nothing else gets in unescaped. */
export class Html {
  constructor(readonly text: string) {}
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (value: unknown): string => String(value ?? '').replace(/[&<>"']/g, (c) => entities[c] ?? c);

/** A template tag that escapes every value that is not a piece of page itself. */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Html {
  const piece = (value: unknown): string => {
    if (value instanceof Html) return value.text;
    return Array.isArray(value) ? value.map(piece).join('') : escaped(value);
  };
  return new Html(parts.map((part, index) => part + (index < values.length ? piece(values[index]) : '')).join(''));
}

/** A table, or a sentence when it would be empty. */
export function table(columns: readonly string[], rows: readonly (readonly unknown[])[], empty: string): Html {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  const head = columns.map((column) => html`<th>${column}</th>`);
  const body = rows.map(
    (row) =>
      html`<tr>
        ${row.map((cell) => html`<td>${cell}</td>`)}
      </tr>`,
  );
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}
