/**
 * Imports a file as Node does. Apart from the bundle, whose parts Node does not know as modules.
 */
'use strict';
exports.importFile = (url) => import(url);
