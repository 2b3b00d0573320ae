import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { readRequestBody } from '../../azure/read-body'
import type { VaultHttp } from '../../listen'
import { type Caller, checkToken, type TokenAuthority } from '../../token/access-token'
import { parseQuery } from './parse-query'
import { QueryProblem } from './query-problem'
import { readRecords } from './read-records'
import { tablesOf } from './record-tables'
import { runQuery } from './run-query'
import type { Table, Value } from './table'
import { readTimeRange } from './time-range'

/** The audience of its tokens. */
export const logQueryResource = 'https://api.loganalytics.io'

export type QueryParts = {
  authority: TokenAuthority
  /** Milliseconds, by the installation's clock. */
  now: () => number
  auditFolder: string
  /** The upper-case resource ids of the vaults whose records the caller may read. */
  readableBy: (caller: Caller) => ReadonlySet<string>
}

const maxBodyBytes = 64 * 1024
/** As the service's. */
const mostRows = 500_000

const bodySchema = z.looseObject({ query: z.string(), timespan: z.string().nullish() })

/** `POST /v1/workspaces/{id}/query` of Azure Monitor Logs, over the records that are written: there is one workspace, whatever its id. */
export function queryApp(parts: QueryParts): Hono<VaultHttp> {
  const app = new Hono<VaultHttp>()
  app.post('/v1/workspaces/:id/query', (context) => answer(parts, context))
  app.onError(() => refuse(500, 'InternalServerError', 'The local vault failed; this is a defect of the local vault.'))
  return app
}

async function answer(parts: QueryParts, context: Context<VaultHttp>): Promise<Response> {
  const check = await checkToken(parts.authority, context.req.header('authorization'), [logQueryResource])
  if (!check.ok) return refuse(401, 'InvalidTokenError', 'The provided authentication is not valid for this resource')
  const readable = parts.readableBy(check.caller)
  if (readable.size === 0)
    return refuse(
      403,
      'InsufficientAccessError',
      'The provided credentials have insufficient access to perform the requested operation',
    )
  const wish = await readWish(context)
  if (!wish) return refuse(400, 'BadArgumentError', 'The request had some invalid properties')
  try {
    return Response.json({ tables: [wireTable(runWish(parts, wish, readable))] })
  } catch (error) {
    if (!(error instanceof QueryProblem)) throw error
    const { code, message } = error
    return refuse(400, 'BadArgumentError', 'The request had some invalid properties', { code, message })
  }
}

function runWish({ auditFolder, now }: QueryParts, { query, timespan }: Wish, readable: ReadonlySet<string>): Table {
  const parsed = parseQuery(query)
  const records = readRecords(auditFolder, readTimeRange(timespan, now()))
  const table = runQuery(
    parsed,
    tablesOf(records.filter(({ resourceId }) => readable.has(resourceId))),
    new Date(now()),
  )
  return { ...table, rows: table.rows.slice(0, mostRows) }
}

type Wish = z.infer<typeof bodySchema>

async function readWish(context: Context<VaultHttp>): Promise<Wish | undefined> {
  try {
    const body = await readRequestBody(context.req.raw, maxBodyBytes)
    if (body === 'too-large') return undefined
    return bodySchema.parse(JSON.parse(body.toString('utf8')))
  } catch {
    return undefined
  }
}

function wireTable({ columns, rows }: Table) {
  return {
    name: 'PrimaryResult',
    columns,
    rows: rows.map((row) => columns.map(({ name }) => wireValue(row.get(name) ?? null))),
  }
}

/** Dynamic values travel as text. */
function wireValue(value: Value): string | number | boolean | null {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}

function refuse(
  status: 400 | 401 | 403 | 500,
  code: string,
  message: string,
  innererror?: { code: string; message: string },
): Response {
  const error = { message, code, correlationId: randomUUID(), ...(innererror && { innererror }) }
  return Response.json({ error }, { status })
}
