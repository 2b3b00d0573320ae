import 'server-only'
import { readFileSync } from 'node:fs'
import { z } from 'zod'

export const STATIC_FILES = '/_next/static'

/** What no route of this console answers: one name for all of it, however many somebody tries. */
const UNKNOWN = 'unknown'

const routeSchema = z.object({ page: z.string(), regex: z.string() })
const manifestSchema = z.object({ staticRoutes: z.array(routeSchema), dynamicRoutes: z.array(routeSchema) })

/** The build's own list of its routes, in the order in which Next tries them. */
export function readRoutePatterns(manifestFile: string): (path: string) => string {
  const { staticRoutes, dynamicRoutes } = manifestSchema.parse(JSON.parse(readFileSync(manifestFile, 'utf8')))
  const patterns = [...staticRoutes, ...dynamicRoutes].map(({ page, regex }) => ({ page, regex: new RegExp(regex) }))
  return (path) => {
    if (path.startsWith(`${STATIC_FILES}/`)) return STATIC_FILES
    return patterns.find(({ regex }) => regex.test(path))?.page ?? UNKNOWN
  }
}
