export const findPartKeys = 'select id, wrapped from log.part_key where id = any($1::text[])';
