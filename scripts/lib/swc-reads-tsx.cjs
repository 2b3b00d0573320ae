// dependency-cruiser 17 asks swc for TypeScript without JSX, whatever the file: a .tsx then fails to parse.
// Loaded before it (`node --require`), this tells swc by the file's name.
const swc = require('@swc/core')

const original = swc.parseFileSync
const patched = (/** @type {string} */ file, /** @type {any} */ options) =>
  original(file, { ...options, tsx: file.endsWith('x') })
Object.defineProperty(swc, 'parseFileSync', { value: patched, writable: true, enumerable: true, configurable: true })
