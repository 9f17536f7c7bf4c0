export { projections } from './projections.module';
