/** In the bundle, cli-table3's string-width: the same widths, but most text is not searched for emoji first. See bundle.js. */
const stringWidth = require('string-width');
const { isNarrow } = require('../../render/text/narrow.ts');

module.exports = (text) => (isNarrow(text) ? text.length : stringWidth(text));
