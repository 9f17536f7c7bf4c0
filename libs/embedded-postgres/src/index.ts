export { embeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres';
export { isRunning } from './postmaster';
export { systemCode } from './unusable';
