import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type * as SchemaEngineModule from '@prisma/schema-engine-wasm'
import { wholeScriptAdapter } from './adapter-whole-script'

type EngineBindings = typeof SchemaEngineModule & { __wbg_set_wasm: (exports: WebAssembly.Exports) => void }

/** The `.wasm` is not among the package's exports: it stands beside the bindings, which are. */
async function instantiate(): Promise<EngineBindings> {
  const require = createRequire(import.meta.url)
  const bindingsPath = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = await readFile(bindingsPath.replace(/\.js$/, '.wasm'))
  // The package's own entry does the same three steps; its type declaration covers the exports, not the setter.
  const bindings = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as EngineBindings
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...bindings } })
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
  return bindings
}

/** Runs `use` with Prisma's schema engine (WebAssembly: nothing is downloaded) on the database at `url`. */
export async function withSchemaEngine<T>(
  { url, schema }: { url: string; schema?: { path: string; content: string } },
  use: (engine: SchemaEngineModule.SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await instantiate()
  const adapter = wholeScriptAdapter(url)
  const datamodels: [string, string][] | undefined = schema && [[schema.path, schema.content]]
  try {
    const engine = await SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapter))
    return await use(engine)
  } finally {
    await adapter.end()
  }
}
