import { CreateEventLog1763769600001 } from './migrations/1-create-event-log.migration';
import { CreatePartKey1763769600002 } from './migrations/2-create-part-key.migration';

/** What a service's database needs for its log, leases and checkpoints: to be put before the service's own migrations. */
export const eventStoreMigrations = [CreateEventLog1763769600001, CreatePartKey1763769600002];
