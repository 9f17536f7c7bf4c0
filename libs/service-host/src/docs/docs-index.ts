/** A page that leads to each service's documentation, for whatever joins services under one address. */
export function docsIndex(services: readonly string[]): string {
  const items = services.map((name) => `<li><a href="/docs/${name}/">${name}</a></li>`).join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Postrider</title>
<style>body{font:16px/1.5 system-ui;margin:2rem auto;max-width:40rem;padding:0 1rem}</style></head>
<body><h1>Postrider</h1><p>What can be asked, by service:</p><ul>${items}</ul>
<p>What is told on the bus: <a href="/docs/asyncapi.json">AsyncAPI</a>.</p></body></html>`;
}
