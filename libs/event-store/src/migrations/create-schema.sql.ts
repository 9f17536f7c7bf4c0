export const createSchema = 'create schema if not exists log';
