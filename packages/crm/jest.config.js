module.exports = { ...require('../crm-backend/jest.config.js'), displayName: 'crm' };
