export { type PagesServer, servePages } from './serve/serve-pages';
