export { journeys } from './journeys.module';
