export const forgetCheckpoints = 'delete from log.checkpoint where reader = $1';
