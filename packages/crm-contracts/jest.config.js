module.exports = { ...require('../../jest.preset.js'), displayName: 'crm-contracts' };
