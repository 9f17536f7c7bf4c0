// Runs TypeScript from source. The services are CommonJS at run time; tsconfig.run.json says so to the compiler.
process.env.SWC_NODE_PROJECT ??= require('node:path').join(__dirname, '..', 'tsconfig.run.json');
require('@swc-node/register');
