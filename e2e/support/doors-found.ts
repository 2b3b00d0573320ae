import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const ROOT = path.join(import.meta.dirname, '../..')
const APP = path.join(ROOT, 'app')

const filesUnder = (ending: RegExp) =>
  readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter((file) => ending.test(path.basename(file)))

/** Methods that a route file exports, sorted. */
export function methodsOf(address: string): string[] {
  const file = filesUnder(/^route\.ts$/).find((each) => `/${path.dirname(each)}` === address)
  const source = readFileSync(path.join(APP, file ?? ''), 'utf8')
  return ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter((method) =>
    new RegExp(`export\\b[^\\n]*\\b${method}\\b`).test(source),
  )
}

/** Every export of a `"use server"` file, as `<file under app>#<export>`. */
export function actionsInSource(): string[] {
  return filesUnder(/\.tsx?$/)
    .flatMap((file) => {
      const source = readFileSync(path.join(APP, file), 'utf8')
      if (!/^\s*['"]use server['"]/.test(source)) return []
      return [...source.matchAll(/^export (?:const|async function|function) (\w+)/gm)].map(
        ([, name]) => `${file}#${name}`,
      )
    })
    .sort()
}

const manifestSchema = z.object({
  node: z.record(
    z.string(),
    z.object({ filename: z.string(), exportedName: z.string(), workers: z.record(z.string(), z.unknown()) }),
  ),
})

export interface BuiltAction {
  id: string
  /** `<file under app>#<export>` */
  name: string
  /** Addresses of pages that carry it. */
  pages: string[]
}

/** Actions as the build knows them, by whose ids they are called. One that no page uses is in no build. */
export function actionsInBuild(): BuiltAction[] {
  const text = readFileSync(path.join(ROOT, '.next/server/server-reference-manifest.json'), 'utf8')
  return Object.entries(manifestSchema.parse(JSON.parse(text)).node)
    .map(([id, { filename, exportedName, workers }]) => ({
      id,
      name: `${filename.replace(/^app\//, '')}#${exportedName}`,
      pages: Object.keys(workers).map(addressOf).sort(),
    }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

const addressOf = (worker: string) =>
  worker
    .replace(/^app/, '')
    .replace(/\/page$/, '')
    .replaceAll(/\/\([^/]*\)/g, '') || '/'
