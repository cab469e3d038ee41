import type { DatabaseError } from '../database/query-builder';
import { HttpError } from './http-error';

/** What a refusal of the database means to the caller. The database's own words stay in the log. */
export function databaseFailure(error: DatabaseError): Error {
  switch (error.code) {
    case '23505':
      return new HttpError('conflict', 'Already in use.');
    case '23503':
      return new HttpError('conflict', 'It refers to, or is still referred to by, something else.');
    case '22P02':
    case '23502':
    case '23514':
      return new HttpError('invalid_request', 'The database refused the values.');
    case '42501':
      return new HttpError('forbidden', 'Not allowed.');
    default:
      return new Error(`Database error ${error.code}: ${error.message}`);
  }
}
