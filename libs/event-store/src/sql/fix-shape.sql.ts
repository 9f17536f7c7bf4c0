/** The first to open a log fixes how many shards it has. */
export const fixShape = 'insert into log.shape (shards) values ($1) on conflict do nothing';
