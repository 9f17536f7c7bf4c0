export const findToPrice = `
  select message_id, country, at from sent where message_id = any($1) and state <> 'back'`;

export const priceSent = `
  update sent set price_micros = given.price_micros
    from (select * from unnest($1::uuid[], $2::bigint[]) as given (message_id, price_micros) order by message_id) as given
   where sent.message_id = given.message_id and sent.price_micros is distinct from given.price_micros`;
