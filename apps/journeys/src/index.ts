export { journeys } from './journeys.module';
export { planFromCsv, type ToPlan } from './planning/plan-from-csv';
