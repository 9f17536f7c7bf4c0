/** What the start prints: where everything is, and one call that works as it stands. */
export function banner(started: {
  url: string;
  simulatorUrl: string | undefined;
  dataPath: string;
  apiKey: string;
  withDemo: boolean;
  tookMs: number;
}): string {
  const lines = [
    'Postrider',
    '',
    `  API        ${started.url}  (what it can do: ${started.url}/docs)`,
    ...(started.simulatorUrl ? [`  Simulator  ${started.simulatorUrl}/_sim/  (stands in for Meta)`] : []),
    `  Data       ${started.dataPath}`,
    `  API key    ${started.apiKey}`,
    '',
    ...(started.withDemo ? firstMessage(started.url, started.apiKey) : firstSteps(started.url)),
    `Ready in ${(started.tookMs / 1000).toFixed(1)} s. Ctrl-C stops it.`,
  ];
  return lines.join('\n');
}

function firstMessage(url: string, apiKey: string): string[] {
  const body = {
    channel: 'demo-transactional',
    to: { phone: '+34600123400' },
    template: { name: 'order_update', language: 'en_US', variables: ['Ana', 'A-1042'] },
  };
  return [
    'Send a message:',
    '',
    `  curl -X POST ${url}/v1/messages \\`,
    `    -H 'Authorization: Bearer ${apiKey}' \\`,
    `    -H 'Content-Type: application/json' \\`,
    `    -d '${JSON.stringify(body)}'`,
    '',
    `and read what became of it at ${url}/v1/messages/{id}, with the same key. \`npm run demo\` sends a thousand.`,
    '',
  ];
}

function firstSteps(url: string): string[] {
  return [`Connect a business account first: POST ${url}/v1/business-accounts (docs/get-started.md)`, ''];
}
