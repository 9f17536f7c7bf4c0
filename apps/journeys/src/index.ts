export { journeys } from './journeys.module';
export { sealedRows } from './audience/sealed-rows';
export { planFromCsv, type ToPlan } from './planning/plan-from-csv';
