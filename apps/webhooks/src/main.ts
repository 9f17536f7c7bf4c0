import { runService } from '@postrider/service-host';
import { webhooks } from './webhooks.module';

void runService(webhooks);
