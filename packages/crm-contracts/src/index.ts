export * from './account';
export * from './activity';
export * from './contact';
export * from './error-envelope';
export * from './pagination';
export * from './response';
export * from './text';
export * from './user';
