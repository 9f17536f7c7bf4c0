import { runService } from '@postrider/service-host';
import { templates } from './templates.module';

void runService(templates);
