module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'crm-frontend',
  testEnvironment: 'jsdom',
  setupFiles: ['./src/testing/browser-globals.ts'],
};
