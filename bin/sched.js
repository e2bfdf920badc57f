#!/usr/bin/env node
// Hands the process to src/cli (built into dist/cli by `npm install` or `npm run build`).
import '../dist/cli/main.js';
