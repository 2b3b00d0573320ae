// Tells dependency-cruiser what `@/` means: it reads aliases from a webpack configuration only (TypeScript 7 has no API to ask).
const path = require('node:path')

module.exports = { resolve: { alias: { '@': path.resolve(__dirname, '../..') } } }
