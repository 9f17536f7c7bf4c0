import { before, enterDifference } from './spent.sql';

export const findToPrice = `
  select message_id, country, at from sent where message_id = any($1) and state <> 'back'`;

export const priceSent = `
  with ${before},
  changed as (
  update sent set price_micros = given.price_micros
    from unnest($1::uuid[], $2::bigint[]) as given (message_id, price_micros) join before using (message_id)
   where sent.message_id = given.message_id and sent.price_micros is distinct from given.price_micros
  returning sent.message_id, sent.workspace_id, sent.state, sent.at, sent.price_micros)
  ${enterDifference}`;
