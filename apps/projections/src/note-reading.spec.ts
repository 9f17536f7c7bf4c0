import type { Caller } from '@postrider/service-host';
import { pino } from 'pino';
import { idsOf, noteReading } from './note-reading';

const caller = (...scopes: Caller['scopes'][number][]): Caller => ({
  ...{ workspaceId: 'w', actor: 'key:1', correlationId: 'c', scopes },
});

it('what a key with the scope personal was shown is written down: who, what, when', () => {
  const lines: Record<string, unknown>[] = [];
  const note = noteReading(pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) }));
  note(caller('read', 'personal'), 'conversation', idsOf({ data: [{ id: '1' }, { id: '2' }] }));
  note(caller('read'), 'conversation', ['3']);
  note(caller('read', 'personal'), 'message', []);
  expect(lines).toEqual([
    expect.objectContaining({
      ...{ actor: 'key:1', workspaceId: 'w', correlationId: 'c', what: 'conversation', ids: ['1', '2'] },
      time: expect.any(Number),
    }),
  ]);
});
