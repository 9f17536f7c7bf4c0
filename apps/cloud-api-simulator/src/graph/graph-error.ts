import { newTraceId } from '../world/ids';
import { errorTable } from './error-table';

export interface ErrorOptions {
  details?: string;
  subcode?: number;
  userTitle?: string;
  userMessage?: string;
  /** Replaces the table's sentence. */
  message?: string;
  http?: number;
  type?: string;
  /** Stands beside the error in the answer, as the lists of a partial failure. */
  beside?: Record<string, unknown>;
  transient?: boolean;
}

/** A refusal in Graph's own words and HTTP status. */
export class GraphError extends Error {
  constructor(
    readonly code: number,
    readonly options: ErrorOptions = {},
  ) {
    super(options.message ?? errorTable[code]?.title ?? 'An unknown error has occurred.');
  }

  get http(): number {
    return this.options.http ?? errorTable[this.code]?.http ?? 400;
  }

  body(): { error: Record<string, unknown> } {
    const { details, subcode, userTitle, userMessage, beside } = this.options;
    const prefixed = this.options.message === undefined && this.code >= 10 ? `(#${this.code}) ` : '';
    return {
      ...beside,
      error: {
        message: `${prefixed}${this.message}`,
        type: this.options.type ?? errorTable[this.code]?.type ?? 'OAuthException',
        code: this.code,
        ...(subcode !== undefined && { error_subcode: subcode }),
        ...(subcode !== undefined && userTitle && { is_transient: this.options.transient ?? false }),
        ...(userTitle && { error_user_title: userTitle, error_user_msg: userMessage ?? userTitle }),
        ...(details !== undefined && { error_data: { messaging_product: 'whatsapp', details } }),
        fbtrace_id: newTraceId(),
      },
    };
  }
}

/** 100: a parameter is unknown, misspelled or of the wrong kind. */
export const invalidParameter = (details: string): GraphError => new GraphError(100, { details });

/** 131008: something required is not there. */
export const missingParameter = (details: string): GraphError => new GraphError(131008, { details });

/** 131009: something has a value it may not have. */
export const invalidValue = (details: string): GraphError => new GraphError(131009, { details });

/** What Graph says of an id that is not there and of one the token may not see, alike. */
export function unknownNode(id: string, method: string): GraphError {
  return new GraphError(100, {
    subcode: 33,
    type: 'GraphMethodException',
    message:
      `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to ` +
      'missing permissions, or does not support this operation. Please read the Graph API documentation at ' +
      'https://developers.facebook.com/docs/graph-api',
  });
}
