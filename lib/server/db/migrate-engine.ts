import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type * as SchemaEngineModule from '@prisma/schema-engine-wasm'
import { wholeScriptAdapter } from './adapter-whole-script'

type EngineBindings = typeof SchemaEngineModule & { __wbg_set_wasm: (exports: WebAssembly.Exports) => void }

/** The bindings leave a panic's words here; without it a panic would show as a TypeError. */
const panicRegistry = {
  message: '',
  set_message(words: string) {
    this.message = words
  },
}

/** The engine never clears the 10 s timer of its own lock; it must not keep a finished process alive. */
function withPassiveTimers(bindings: EngineBindings): WebAssembly.ModuleImports {
  const passive = (act: () => void, milliseconds: number) => setTimeout(act, milliseconds).unref()
  const entries = Object.entries(bindings).map(([name, value]) =>
    name.startsWith('__wbg_setTimeout_') ? [name, passive] : [name, value],
  )
  return Object.fromEntries(entries)
}

/** The `.wasm` is not among the package's exports: it stands beside the bindings, which are. */
async function instantiate(): Promise<EngineBindings> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panicRegistry })
  const require = createRequire(import.meta.url)
  const bindingsPath = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = await readFile(bindingsPath.replace(/\.js$/, '.wasm'))
  // The package's own entry does the same three steps; its type declaration covers the exports, not the setter.
  const bindings = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as EngineBindings
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': withPassiveTimers(bindings) })
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
  return bindings
}

// Once a process: the bindings keep views of one memory.
let engineBindings: Promise<EngineBindings> | undefined

/**
 * Runs `use` with Prisma's schema engine (WebAssembly: nothing is downloaded) on the database at `url`.
 * `recorded`: its scripts are migrations, each of which ends on record in its own transaction.
 */
export async function withSchemaEngine<T>(
  { url, schema, recorded = false }: { url: string; schema?: { path: string; content: string }; recorded?: boolean },
  use: (engine: SchemaEngineModule.SchemaEngine) => Promise<T>,
): Promise<T> {
  engineBindings ??= instantiate()
  const { SchemaEngine } = await engineBindings
  const adapter = wholeScriptAdapter(url, { recorded })
  const datamodels: [string, string][] | undefined = schema && [[schema.path, schema.content]]
  try {
    const engine = await SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapter))
    return await use(engine)
  } catch (cause) {
    if (panicRegistry.message === '') throw cause
    throw new Error(`The schema engine gave up: ${panicRegistry.message}`, { cause })
  } finally {
    await adapter.end()
  }
}
