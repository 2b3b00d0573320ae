import 'server-only'
import type { TokenCredential } from '@azure/core-auth'
import type { PipelinePolicy } from '@azure/core-rest-pipeline'
import {
  LogsQueryClient,
  type LogsQueryClientOptions,
  type LogsQueryResult,
  LogsQueryResultStatus,
  type LogsTable,
} from '@azure/monitor-query-logs'
import type { LogRow } from '@/lib/domain/releases/history/read-log-row'
import { analyticsQuery } from './analytics-query'
import type { LogPage, LogQuery } from './log-source'
import { type Throttle, throttle } from './throttle'

export interface Workspace {
  workspace: string
  /** Origin of its API. */
  endpoint: string
  credential: TokenCredential
  /** For tests: another certificate authority, another wire. */
  client?: LogsQueryClientOptions
  /** Milliseconds. */
  now?: () => number
}

/** A query waits no longer for its answer, in seconds; the service ends it a little earlier. */
const WAIT = 60
/** Rows of a page; and of one that must hold a whole millisecond, which is the least that a page can move on by. */
const ROWS = 5_000
const MOST_ROWS = 100_000
/** What one query looks through, in milliseconds. */
const SPAN_MS = 31 * 24 * 3_600_000

/** The service gave a part of what was asked; its words are its own and are not repeated. */
export class PartialAnswer extends Error {
  override readonly name = 'PartialAnswer'
}
/** More records within a millisecond than a page can hold, so that what is behind them can't be asked for. */
export class TooDense extends Error {
  override readonly name = 'TooDense'
}

/** A Log Analytics workspace. It is asked once: what fails is taken up again by the next round. */
export function analyticsSource({ workspace, endpoint, credential, client = {}, now }: Workspace): LogQuery {
  const throttling = throttle(now)
  const logs = new LogsQueryClient(credential, {
    ...client,
    endpoint: `${endpoint}/v1`,
    credentials: { scopes: [`${audienceOf(endpoint)}/.default`] },
    retryOptions: { maxRetries: 0 },
    additionalPolicies: [
      { policy: deadline, position: 'perCall' },
      { policy: throttling.policy, position: 'perCall' },
    ],
  })
  const query = (from: Date, to: Date, rows: number) =>
    logs.queryWorkspace(
      workspace,
      analyticsQuery(from, to, rows),
      { startTime: from, endTime: to },
      { serverTimeoutInSeconds: WAIT - 5 },
    )
  return { place: `analytics:${endpoint}/${workspace}`, ask: (from, to) => pagesOf(query, throttling, { from, to }) }
}

/** The scope of its tokens is the API's own address in the three clouds; elsewhere the public cloud's. */
function audienceOf(endpoint: string): string {
  const clouds = ['https://api.loganalytics.us', 'https://api.loganalytics.azure.cn']
  return clouds.includes(endpoint) ? endpoint : 'https://api.loganalytics.io'
}

/** The client takes no signal for a query. */
const deadline: PipelinePolicy = {
  name: 'deadline',
  sendRequest(request, next) {
    request.timeout = WAIT * 1000
    return next(request)
  },
}

type Ask = (from: Date, to: Date, rows: number) => Promise<LogsQueryResult>

/** Each page begins with the millisecond that the one before it ended in. */
async function* pagesOf(ask: Ask, throttling: Throttle, span: { from: Date; to: Date }): AsyncIterable<LogPage> {
  let rows = ROWS
  for (let from = span.from; ; ) {
    const to = new Date(Math.min(from.getTime() + SPAN_MS, span.to.getTime()))
    throttling.check()
    const answer = await ask(from, to, rows)
    if (answer.status === LogsQueryResultStatus.PartialFailure) {
      yield { rows: answer.partialTables.flatMap(rowsOf), readTo: from } // good, and not all of it
      throw new PartialAnswer()
    }
    const found = answer.tables.flatMap(rowsOf)
    const last = found.at(-1)?.TimeGenerated
    const isFull = found.length >= rows
    const readTo = isFull && last instanceof Date ? last : to
    yield { rows: found, readTo }
    if (isFull && readTo.getTime() <= from.getTime()) {
      if (rows >= MOST_ROWS) throw new TooDense()
      rows = MOST_ROWS
      continue
    }
    if (!isFull && to.getTime() >= span.to.getTime()) return
    from = readTo
    rows = ROWS
  }
}

function rowsOf({ columnDescriptors, rows }: LogsTable): LogRow[] {
  return rows.map((row) => Object.fromEntries(columnDescriptors.map(({ name }, at) => [name ?? '', row[at]])))
}
