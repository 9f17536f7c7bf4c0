export { eventually, patience } from './eventually';
export { containerEngine } from './container-engine';
export { freePorts } from './free-ports';
export { ownPostgres, testPostgres, type OwnPostgres, type TestPostgres } from './test-postgres';
export { gigabyteKb, residentKb } from './resident-memory';
export { onceInRun, runFolder, turnInRun } from './run-folder';
export {
  describeWithKafka,
  describeWithOwnKafka,
  ownKafka,
  testKafka,
  type OwnKafka,
  type TestKafka,
} from './test-kafka';
