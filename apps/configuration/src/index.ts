export { configuration } from './configuration.module';
