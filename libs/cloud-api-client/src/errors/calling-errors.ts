import { backoffs, retry, row, wait, type ErrorRow } from './error-row';

const many = (codes: readonly number[], make: (code: number) => ErrorRow): ErrorRow[] => codes.map(make);
const details = "Read the error's details";

/** Codes of calls, groups and flows, which Postrider does not offer and other users of the client may. */
export const callingErrors: readonly ErrorRow[] = [
  ...many([138000, 138006], (code) =>
    row(code, 'fix', {
      code: 'calling-not-permitted',
      meaning: 'Calling is off, or the person gave no permission',
      remedy: details,
    }),
  ),
  row(138001, 'fail', {
    code: 'receiver-uncallable',
    meaning: 'The person cannot be called',
    remedy: 'Send a message',
  }),
  ...many([138002, 138005], (code) =>
    wait(code, 'sender', backoffs.throughput, {
      code: 'call-rate',
      meaning: 'Too many calls',
      remedy: 'Call less often',
    }),
  ),
  ...many([138003, 138013, 138015, 138017, 138018, 138024], (code) =>
    row(code, 'fix', { code: 'call-refused', meaning: 'The call is not possible as it is set up', remedy: details }),
  ),
  ...many([138004, 138007], (code) =>
    retry(code, backoffs.few, {
      code: 'call-failed',
      meaning: 'The connection failed or timed out',
      remedy: 'Try again',
    }),
  ),
  ...many([138009, 138012], (code) =>
    wait(code, 'pair', backoffs.permission, {
      code: 'call-limit-reached',
      meaning: 'Calls or permission requests to this person are used up',
      remedy: 'Wait a day',
    }),
  ),
  row(138014, 'fail', { code: 'calling-disabled', meaning: 'Calling is disabled for low quality', remedy: details }),
  ...many([138019, 138020, 138021, 138022, 138023], (code) =>
    row(code, 'fail', { code: 'call-client-failed', meaning: "The person's app failed", remedy: 'Call later' }),
  ),
  ...many([139000, 139001, 139002, 139003, 139004, 139006], (code) =>
    row(code, 'fix', { code: 'flow-management', meaning: 'The flow could not be changed', remedy: details }),
  ),
  row(131020, 'fail', { code: 'group-of-one', meaning: 'The group has a single member', remedy: 'Nothing' }),
  row(131041, 'fail', { code: 'group-unknown', meaning: 'There is no such group', remedy: "Check the group's id" }),
  row(131201, 'fix', {
    code: 'group-partly-done',
    meaning: 'The change of the group succeeded in part',
    remedy: details,
  }),
  ...many([131202, 131204, 131209, 131210, 131211, 131212, 131213, 131215], (code) =>
    row(code, 'fix', { code: 'group-invalid', meaning: "The group's data failed validation", remedy: details }),
  ),
  row(131207, 'fail', { code: 'group-suspended', meaning: 'The group is suspended', remedy: details }),
  wait(131208, 'sender', backoffs.minutes, {
    code: 'group-rate',
    meaning: 'Too many changes of groups',
    remedy: 'Wait',
  }),
  wait(131214, 'sender', backoffs.permission, {
    code: 'group-creation-off',
    meaning: 'Groups cannot be created now',
    remedy: 'Wait',
  }),
];
