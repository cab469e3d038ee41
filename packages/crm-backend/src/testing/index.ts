export type { ApiClient, ApiResponse, Item } from './api-client';
export { openTestConnection } from './open-test-connection';
export { hasRedisServer } from './open-test-stores';
export type { TestTenant, TestUser, TwoTenants } from './seed-two-tenants';
export { startTestApp, type TestApp } from './start-test-app';
