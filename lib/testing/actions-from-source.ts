import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { vi } from 'vitest'
import type { z } from 'zod'
import type { ActionDefinition } from '@/lib/server/doors/perform-action'
import type { RouteDefinition } from '@/lib/server/route'
import { PUBLIC_URL } from './knock'

// The doors' one way to Next: everything behind them is real. Here they answer their own definition.
vi.mock('@/lib/server/action', () => ({ defineAction: (definition: unknown) => definition }))
vi.mock('@/lib/server/open-action', () => ({ defineOpenAction: (definition: unknown) => definition }))
vi.mock('@/lib/server/route', async (original) => ({
  ...(await original<object>()),
  defineRoute: (definition: unknown) => definition,
}))

// Some hand settings on; no test depends on what they are.
vi.stubEnv('DRAWBRIDGE_URL', PUBLIC_URL)
vi.stubEnv('DATABASE_URL', 'postgresql://nobody@database.invalid/none')
vi.stubEnv('NEXTAUTH_SECRET', 'an installation’s secret of at least 32 characters')

export type AnyAction = ActionDefinition<z.ZodType, unknown>

const APP = path.resolve(import.meta.dirname, '../../app')

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name)
    if (entry.isDirectory()) return filesOf(full)
    return entry.name.endsWith('.ts') ? [full] : []
  })
}

async function exportsOf(file: string): Promise<[string, unknown][]> {
  const loaded: Record<string, unknown> = await import(/* @vite-ignore */ file)
  return Object.entries(loaded)
}

/**
 * Every server action there is, by its name, read from the source: nobody can add one that is not here.
 * `open`: those that need no session, by name.
 */
export async function actionsFromSource(): Promise<{ actions: Map<string, AnyAction>; open: string[] }> {
  const servers = filesOf(APP).filter((file) => readFileSync(file, 'utf8').startsWith("'use server'"))
  const actions = new Map<string, AnyAction>()
  const open: string[] = []
  for (const [name, value] of (await Promise.all(servers.map(exportsOf))).flat()) {
    if (isOpen(value)) {
      open.push(value.name)
      continue
    }
    if (!isAction(value)) throw new Error(`${name} of a "use server" file is not made by defineAction`)
    if (actions.has(value.name)) throw new Error(`two actions are called ${value.name}`)
    actions.set(value.name, value)
  }
  return { actions, open }
}

function isOpen(value: unknown): value is { name: string } {
  return typeof value === 'object' && value !== null && 'name' in value && 'run' in value && !('permission' in value)
}

/** A house rule holds every export of a "use server" file to `defineAction`, whose argument this is. */
function isAction(value: unknown): value is AnyAction {
  return typeof value === 'object' && value !== null && 'permission' in value && 'run' in value && 'name' in value
}

/** Every handler, by "GET /api/…", made by `defineRoute`, or null where it is another's. */
export async function routesFromSource(): Promise<Map<string, RouteDefinition | null>> {
  const routes = new Map<string, RouteDefinition | null>()
  for (const file of filesOf(APP).filter((each) => path.basename(each) === 'route.ts')) {
    const address = `/${path.relative(APP, path.dirname(file))}`.replaceAll(/\/\([^)]*\)/g, '')
    const source = readFileSync(file, 'utf8')
    if (!source.includes('defineRoute(')) {
      routes.set(`* ${address}`, null)
      continue
    }
    for (const [method, value] of await exportsOf(file)) {
      if (!/^[A-Z]+$/.test(method)) continue
      if (!isRoute(value)) throw new Error(`${method} ${address} is not made by defineRoute`)
      routes.set(`${method} ${address}`, value)
    }
  }
  return routes
}

function isRoute(value: unknown): value is RouteDefinition {
  return typeof value === 'object' && value !== null && 'permission' in value && 'run' in value
}
