import { createHash, randomBytes } from 'node:crypto';
import { countryOf } from './countries';

let pool = randomBytes(4096);
let used = 0;

/** Random bytes from a pool, because one system call per message would be felt at thousands a second. */
function someBytes(count: number): Buffer {
  if (used + count > pool.length) {
    pool = randomBytes(4096);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}

/** A message id in Meta's form: a base64 frame around the other side's number and a random part. */
export function newWamid(user: string, inbound = false): string {
  const random = someBytes(9).toString('hex').toUpperCase();
  const frame = Buffer.concat([
    Buffer.from([0x1c, 0x18, user.length]),
    Buffer.from(user, 'latin1'),
    Buffer.from([0x15, 0x02, 0x00, inbound ? 0x12 : 0x11, 0x18, 0x12]),
    Buffer.from(random, 'latin1'),
    Buffer.from([0x00]),
  ]);
  return `wamid.${frame.toString('base64')}`;
}

export function newTraceId(): string {
  return `A${someBytes(17).toString('base64url').slice(0, 22)}`;
}

export function newToken(bytes = 18): string {
  return randomBytes(bytes).toString('base64url');
}

/**
 * The BSUID of a phone number in a portfolio: two letters of the country, a dot, digits. The phone's last two digits
 * end it, so that a persona is met by either address.
 */
export function userIdOf(portfolioId: string, phone: string): string {
  const digest = createHash('sha1').update(`${portfolioId}:${phone}`).digest();
  const digits = digest.readBigUInt64BE(0).toString().padStart(18, '1').slice(0, 18);
  return `${countryOf(phone)}.${digits}${phone.slice(-2)}`;
}

export const looksLikeUserId = (address: string): boolean => /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(address);
