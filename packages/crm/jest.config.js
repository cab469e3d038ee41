// One file here needs a database, so there is nothing to prepare for several.
module.exports = { ...require('../crm-backend/jest.config.js'), displayName: 'crm', globalSetup: undefined, globalTeardown: undefined };
