import type { RequestHandler } from 'express';
import { HttpError } from '../http/http-error';

/** Gate: somebody is signed in. */
export const requireAuth: RequestHandler = (req, _res, next) => {
  if (req.user === undefined) throw new HttpError('unauthenticated', 'Sign in first.');
  next();
};

/** Gate: an administrator is signed in. */
export const requireAdminRole: RequestHandler = (req, _res, next) => {
  if (req.user === undefined) throw new HttpError('unauthenticated', 'Sign in first.');
  if (req.user.role !== 'admin' && req.user.role !== 'superadmin') throw new HttpError('forbidden', 'Administrators only.');
  next();
};
