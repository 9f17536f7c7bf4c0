import { GraphError } from '../graph/graph-error';

/** A refusal at creation: code 100 with Meta's subcode, title and sentence. */
export function refused(subcode: number, title: string, message: string): GraphError {
  return new GraphError(100, { subcode, message: 'Invalid parameter', userTitle: title, userMessage: message });
}
