// Every test starts several real Nx runs; two files at a time is what two cores carry.
module.exports = { ...require('../../jest.preset.js'), displayName: 'orchestra-e2e', testTimeout: 600_000, maxWorkers: 2 };
