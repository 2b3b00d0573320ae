const MAX_LENGTH = 512

/** A log's text as it may be kept and shown: one line, well-formed, no control or direction characters, cut. null where nothing is left. */
export function cleanText(value: unknown, maxLength = MAX_LENGTH): string | null {
  if (typeof value !== 'string') return null
  const cut = value.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '')
  const clean = cut.replace(/\p{Surrogate}/gu, '\uFFFD').replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
  return clean.trim() === '' ? null : clean.trim()
}
