import type { DescribedRoute } from './routes-of';

/** A plain page that lists what can be asked; it needs nothing from elsewhere, so it works offline. */
export function docsPage(service: string, routes: readonly DescribedRoute[]): string {
  const rows = [...routes]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(
      ({ method, path, summary = '', scope = '' }) =>
        `<tr><td><code>${text(method.toUpperCase())}</code></td><td><code>${text(path)}</code></td><td>${text(summary)}</td><td>${text(scope)}</td></tr>`,
    );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Postrider ${text(service)}</title>
<style>body{font:16px/1.5 system-ui;margin:2rem auto;max-width:70rem;padding:0 1rem}td,th{text-align:left;padding:.25rem .75rem .25rem 0;vertical-align:top}</style>
</head><body><h1>Postrider ${text(service)}</h1>
<p><a href="openapi.json">OpenAPI</a> for what can be asked, <a href="asyncapi.json">AsyncAPI</a> for the events on the bus.</p>
<table><thead><tr><th>Method</th><th>Address</th><th>Does</th><th>Scope</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></body></html>`;
}

function text(raw: string): string {
  return raw.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
