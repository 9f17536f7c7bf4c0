import { runService } from '@postrider/service-host';
import { journeys } from './journeys.module';

void runService(journeys);
