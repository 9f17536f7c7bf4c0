import { runService } from '@postrider/service-host';
import { dispatch } from './dispatch.module';

void runService(dispatch);
