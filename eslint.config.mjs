import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

// Who may import whom (ARCHITECTURE.md). e2e/house/boundaries.spec.ts breaks if these stop being enforced.
const onlyOn = (sourceTag, ...tags) => ({ sourceTag, onlyDependOnLibsWithTags: tags });
const boundaries = (extra = []) => [
  'error',
  {
    allow: [],
    depConstraints: [
      onlyOn('type:pure', 'type:pure'),
      onlyOn('type:platform', 'type:pure', 'type:platform'),
      onlyOn('type:service', 'type:pure', 'type:platform', ...extra),
      onlyOn('type:simulator', 'type:pure'),
      onlyOn('type:gateway', 'type:pure', 'type:platform', ...extra),
      onlyOn('type:standalone', 'type:pure', 'type:platform', 'type:service', 'type:simulator'),
      onlyOn('type:e2e', '*'),
      onlyOn('type:bench', '*'),
    ],
  },
];

export default tseslint.config(
  { ignores: ['**/node_modules/**', 'dist/**', '.nx/**', '.postrider/**', '.kafka/**', 'coverage/**'] },
  ...tseslint.configs.recommended,
  {
    plugins: { '@nx': nx },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      'no-restricted-syntax': ['error', { selector: 'ExportAllDeclaration', message: 'Name what is exported.' }],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['**/*.spec.ts', '**/contract/**'],
    rules: { '@nx/enforce-module-boundaries': boundaries() },
  },
  {
    // A service is tested against the simulator, which stands for Meta.
    files: ['**/*.spec.ts', '**/contract/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': boundaries(['type:simulator']) },
  },
  {
    files: ['libs/{decider,event-contracts,compliance,cloud-api-payloads}/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!\\.|zod$|@postrider/)', message: 'Pure libs import pure libs and zod.' }] },
      ],
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'setInterval', 'Buffer'],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: [
      'libs/messaging/src/kafkajs/*.adapter.ts',
      'libs/{event-contracts,decider,compliance,cloud-api-payloads}/**',
      '**/*.spec.ts',
      '**/contract/**',
      'libs/test-backends/**',
      'bench/**',
      'e2e/**',
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'kafkajs', message: 'One folder imports kafkajs: libs/messaging/src/kafkajs.' }] },
      ],
    },
  },
  {
    files: ['**/*.cjs', '**/*.mjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
