/**
 * Runs `work`, and answers with every buffer that code of JavaScript laid a `Uint8Array` over meanwhile, views and copies
 * by `slice`, `filter` and the like among them. For tests of what is left of a secret: what engines copy on their own is
 * out of sight.
 */
export async function madeBuffers<T>(
  work: () => Promise<T>,
): Promise<{ answer: T; buffers: ReadonlySet<ArrayBufferLike> }> {
  const buffers = new Set<ArrayBufferLike>()
  const real = globalThis.Uint8Array
  const watched = new Proxy(real, {
    construct(target, parameters, newTarget) {
      const made: Uint8Array = Reflect.construct(target, parameters, newTarget)
      buffers.add(made.buffer)
      return made
    },
  })
  const becomes = (value: typeof real) => {
    globalThis.Uint8Array = value
    // By this one `slice`, `filter` and `map` make theirs.
    Object.defineProperty(real.prototype, 'constructor', { value, configurable: true, writable: true })
  }
  becomes(watched)
  try {
    return { answer: await work(), buffers }
  } finally {
    becomes(real)
  }
}
