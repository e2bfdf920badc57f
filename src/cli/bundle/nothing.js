/** Stands in for modules that are never used: see bundle.js. */
export {};
