export { demoSeed } from './seed/demo-seed';
export { startSimulator } from './start-simulator';
export type { RunningSimulator, SimulatorOptions } from './start-simulator';
export type { Seed } from './seed/seed-shape';
export type { Settings } from './world/settings';
