// `asmcrypto.js` and `brorand`, both within webcrypto-liner, ask for Node's `crypto` and take `randomBytes` of it alone.
// Without this the bundler ships the whole of crypto-browserify; an empty module would have asmcrypto misread its source.
exports.randomBytes = (/** @type {number} */ length) => globalThis.crypto.getRandomValues(new Uint8Array(length))
