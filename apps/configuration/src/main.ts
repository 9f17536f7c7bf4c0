import { runService } from '@postrider/service-host';
import { configuration } from './configuration.module';

void runService(configuration);
