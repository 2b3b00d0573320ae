import 'server-only'

/**
 * What a process has once, whoever asks. Next bundles instrumentation, routes and the proxy apart, and the front is a
 * program of its own: a module's variable may live several times in one process, this lives once. Keep only what one
 * bundle's code may be given by another's: plain values and functions, no instances whose class is asked for.
 */
export function keptInProcess<T>(name: string, make: () => T): T {
  const key = Symbol.for(`drawbridge.${name}`)
  const known: unknown = Reflect.get(globalThis, key)
  if (known !== undefined) return known as T // written below alone, and each name stands in one module
  const made = make()
  Reflect.set(globalThis, key, made)
  return made
}
