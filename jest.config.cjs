// `jest` runs everything; `npm test` and `npm run check` choose by kind (tools/test.mjs). Kinds go by file name.
const preset = require('./jest.preset.cjs');

const kind = (displayName, testMatch, testPathIgnorePatterns = []) => ({
  ...preset,
  displayName,
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  testMatch,
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...testPathIgnorePatterns],
});

module.exports = {
  // Longer than anything takes on a slow machine: a test's own promises about time stand in the test.
  testTimeout: 300_000,
  globalSetup: './libs/test-backends/src/jest-global-setup.cjs',
  globalTeardown: './libs/test-backends/src/jest-global-teardown.cjs',
  projects: [
    kind('unit', ['<rootDir>/{apps,libs,deploy,bench}/**/*.spec.ts'], ['\\.int\\.spec\\.ts$', '/contract/']),
    kind('integration', ['<rootDir>/{apps,libs,deploy}/**/*.int.spec.ts', '<rootDir>/libs/*/contract/**/*.spec.ts']),
    kind('house', ['<rootDir>/e2e/house/**/*.spec.ts']),
    kind('stories', ['<rootDir>/e2e/stories/**/*.story.spec.ts']),
    kind('full', ['<rootDir>/e2e/full/**/*.story.spec.ts']),
  ],
};
