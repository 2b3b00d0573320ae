/** A file's name has 255 characters at most, here as everywhere. */
const STEM_AT_MOST = 250

/** `orders.pem` becomes `orders.byok`; what some file system does not take becomes `_`. */
export function blobName(keyFileName: string): string {
  const stem = keyFileName.replace(/\.[A-Za-z0-9]{1,8}$/, '').slice(0, STEM_AT_MOST)
  const safe = stem.replace(/[^\p{L}\p{N} ._-]/gu, '_').replace(/^[ .]+|[ .]+$/g, '')
  return `${safe || 'key'}.byok`
}
