import { Fault } from '@postrider/decider';
import { EnvironmentError } from '@postrider/service-host';
import { CannotStart } from './environment';

/** Runs a command: exit code 0 at its end; 1 with one line for what an operator can mend, with the stack for a bug. */
export async function runToTheEnd(command: () => Promise<void>): Promise<never> {
  try {
    await command();
    process.exit(0);
  } catch (error) {
    const expected = error instanceof CannotStart || error instanceof EnvironmentError || error instanceof Fault;
    console.error(expected ? error.message : error);
    process.exit(1);
  }
}
