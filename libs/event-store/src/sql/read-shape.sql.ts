export const readShape = 'select shards from log.shape';
