export { templates } from './templates.module';
