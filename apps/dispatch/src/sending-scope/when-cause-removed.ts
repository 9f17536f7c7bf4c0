import type { Clock } from '@postrider/decider';
import {
  AccountRestored,
  CredentialsRotated,
  CredentialsVerified,
  SenderRegistered,
  SenderStatusChanged,
  TemplateApproved,
  TemplateReinstated,
  type EventOf,
  type RecordedEvent,
} from '@postrider/event-contracts';
import { changeStream, type EventLog } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import type { Reaction } from '@postrider/messaging';
import { resume, scopeDecider, type Scope } from './sending-scope.decider';

type Heard = RecordedEvent &
  (
    | EventOf<typeof CredentialsVerified>
    | EventOf<typeof CredentialsRotated>
    | EventOf<typeof AccountRestored>
    | EventOf<typeof SenderStatusChanged>
    | EventOf<typeof SenderRegistered>
    | EventOf<typeof TemplateApproved>
    | EventOf<typeof TemplateReinstated>
  );

/** Goes on sending where the owner says that what an error of Meta's complained of is right again. */
export function whenCauseRemoved({ log, clock }: { readonly log: EventLog; readonly clock: Clock }): Reaction {
  return {
    kind: 'reaction',
    name: 'dispatch:resumption',
    hears: [
      CredentialsVerified,
      CredentialsRotated,
      AccountRestored,
      SenderStatusChanged,
      SenderRegistered,
      TemplateApproved,
      TemplateReinstated,
    ],
    async handle(events) {
      for (const event of events as readonly Heard[]) {
        const scope = scopeOf(event);
        if (scope === undefined) continue;
        const { workspaceId, correlationId, orderingKey } = event;
        const streamId = derivedId.sendingScope(workspaceId, scope.scope, scope.scopeId);
        const meta = { workspaceId, actor: 'service:dispatch', correlationId, causationId: event.id, aliasKeys: [] };
        const eventId = (): string => derivedId.reaction(event.id, 'SendingResumed');
        await changeStream(log, clock, { streamId, orderingKey, meta, eventId }, scopeDecider, (state) =>
          resume(state, scope, event.type),
        );
      }
    },
  };
}

function scopeOf(event: Heard): Scope | undefined {
  switch (event.type) {
    case 'SenderStatusChanged':
      return event.data.status === 'CONNECTED' ? { scope: 'sender', scopeId: event.data.senderId } : undefined;
    case 'SenderRegistered':
      return { scope: 'sender', scopeId: event.data.senderId };
    case 'TemplateApproved':
    case 'TemplateReinstated':
      return { scope: 'template', scopeId: event.data.templateId };
    default:
      return { scope: 'account', scopeId: event.data.accountId };
  }
}
