#!/usr/bin/env node
// Hands the process to src/cli (built into dist/cli by `npm install` or `npm run build`).
require('../dist/cli/main.js');
