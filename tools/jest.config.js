module.exports = { ...require('../jest.preset.js'), displayName: 'tools', testMatch: ['<rootDir>/specs/**/*.spec.ts'] };
