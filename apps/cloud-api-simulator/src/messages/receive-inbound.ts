import { createHash } from 'node:crypto';
import { addMedia } from '../media/add-media';
import { looksLikeUserId, newWamid, userIdOf } from '../world/ids';
import { nextNumber, secondsOf, type Simulation } from '../world/simulation';
import type { Person, PhoneNumber } from '../world/state';
import { metadataOf } from '../webhooks/status-value';
import type { Bag } from './checks';
import { isBag } from './checks';

export interface Inbound {
  phoneNumberId: string;
  /** A phone number or a BSUID. */
  from: string;
  name?: string;
  username?: string;
  message: Bag & { type: string };
}

/** A person writes: the service window opens, the webhook goes out. */
export function receiveInbound(sim: Simulation, inbound: Inbound): { wamid: string } {
  const phone = sim.state.numbers.get(inbound.phoneNumberId) as PhoneNumber;
  const account = sim.state.accounts.get(phone.wabaId);
  const person = personOf(sim, account?.portfolioId ?? '', inbound);
  const wamid = newWamid(person.phone ?? person.userId, true);
  if (phone.blocked.has(person.userId)) return { wamid };
  const { type } = inbound.message;
  const nowMs = sim.nowMs();
  if (type !== 'system') openWindow(sim, phone.id, person.userId, nowMs, isBag(inbound.message.referral));
  // Throughput counts both directions; what comes in is never refused.
  sim.rates.takeThroughput(phone.id, phone.throughputPerSecond, nowMs);
  const { identities } = sim.state.settings;
  const shown = {
    phone: identities === 'bsuid' || person.phone === undefined ? undefined : person.phone,
    userId: identities === 'phone' && person.phone !== undefined ? undefined : person.userId,
  };
  const message = {
    ...(shown.phone !== undefined && { from: shown.phone }),
    ...(shown.userId !== undefined && { from_user_id: shown.userId }),
    id: wamid,
    timestamp: String(secondsOf(nowMs)),
    ...withMedia(sim, phone, inbound.message),
  };
  const contact = {
    profile: { name: person.name ?? 'Someone', ...(person.username && { username: person.username }) },
    ...(shown.phone !== undefined && { wa_id: shown.phone }),
    ...(shown.userId !== undefined && { user_id: shown.userId }),
  };
  sim.outbox.emit({
    wabaId: phone.wabaId,
    field: 'messages',
    phoneNumberId: phone.id,
    value: {
      messaging_product: 'whatsapp',
      metadata: metadataOf(phone),
      // A system message stands for nobody's writing.
      ...(type !== 'system' && { contacts: [contact] }),
      messages: [message],
    },
    note: { about: `inbound ${type} ${wamid}` },
  });
  return { wamid };
}

/** The person behind an address, remembered from now on. */
export function personOf(
  sim: Simulation,
  portfolioId: string,
  of: { from: string; name?: string; username?: string },
): Person {
  const phone = looksLikeUserId(of.from) ? undefined : of.from.replace(/\D/g, '');
  const userId = phone === undefined ? of.from : userIdOf(portfolioId, phone);
  const person: Person = sim.state.people.get(userId) ?? { userId, stoppedMarketing: new Set() };
  if (phone !== undefined) person.phone = phone;
  if (of.name !== undefined) person.name = of.name;
  if (of.username !== undefined) person.username = of.username;
  sim.state.people.set(userId, person);
  return person;
}

function openWindow(sim: Simulation, phoneNumberId: string, userId: string, nowMs: number, fromAd: boolean): void {
  const key = `${phoneNumberId}:${userId}`;
  const window = sim.state.windows.get(key) ?? { lastInboundAtMs: nowMs };
  window.lastInboundAtMs = nowMs;
  if (fromAd) {
    window.entryPointAtMs = nowMs;
    delete window.freeUntilMs;
  }
  sim.state.windows.set(key, window);
}

const sampleTypes: Readonly<Record<string, string>> = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/ogg; codecs=opus',
  document: 'application/pdf',
  sticker: 'image/webp',
};

/** A media message given without an id gets a stored sample, so that it can be fetched in two hops. */
function withMedia(sim: Simulation, phone: PhoneNumber, message: Bag & { type: string }): Bag {
  const mimeType = sampleTypes[message.type];
  if (!mimeType) return message;
  const given = isBag(message[message.type]) ? (message[message.type] as Bag) : {};
  if (given.id !== undefined) return message;
  const bytes = Buffer.from(`${message.type} sample ${nextNumber(sim.state, 'sample', 1)}`);
  const media = addMedia(sim, phone, { bytes, mimeType: String(given.mime_type ?? mimeType), days: 7 });
  const sha256 = createHash('sha256').update(bytes).digest('base64');
  return {
    ...message,
    [message.type]: {
      ...given,
      mime_type: media.mimeType,
      sha256,
      id: media.id,
      url: `${sim.baseUrl}/media-download/?mid=${media.id}&ext=${secondsOf(sim.nowMs()) + 300}`,
    },
  };
}
