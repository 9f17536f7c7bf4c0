import { runService } from '@postrider/service-host';
import { projections } from './projections.module';

void runService(projections);
