import 'server-only'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { keptInProcess } from '../kept'

/** Seconds. A page takes milliseconds, a vault that wavers its whole timeout. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30]
const VAULT_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60]

/**
 * What an operator is told. Labels are patterns, names and codes from this code's own lists: no key, no person, no
 * vault's name, nothing that somebody typed, so that they stay few and tell nothing.
 */
function createInstruments() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    requests: new Histogram({
      name: 'drawbridge_http_request_duration_seconds',
      help: 'Time from a request’s headers to the end of its answer, by route pattern.',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: REQUEST_BUCKETS,
      registers,
    }),
    requestsUnderWay: new Gauge({
      name: 'drawbridge_http_requests_in_flight',
      help: 'Requests being answered now.',
      registers,
    }),
    actions: new Histogram({
      name: 'drawbridge_action_duration_seconds',
      help: 'Server actions by name and outcome: ok, or the problem’s code.',
      labelNames: ['action', 'outcome'] as const,
      buckets: REQUEST_BUCKETS,
      registers,
    }),
    vaultCalls: new Histogram({
      name: 'drawbridge_vault_call_duration_seconds',
      help: 'Calls to vaults by operation and outcome: ok, or the provider’s code.',
      labelNames: ['operation', 'outcome'] as const,
      buckets: VAULT_BUCKETS,
      registers,
    }),
    jobs: new Counter({
      name: 'drawbridge_jobs_run_total',
      help: 'Jobs that this console ran, by queue and outcome: ok or failed.',
      labelNames: ['job', 'outcome'] as const,
      registers,
    }),
    databaseUp: new Gauge({
      name: 'drawbridge_database_up',
      help: '1 when the database answered this scrape.',
      registers,
    }),
    pool: new Gauge({
      name: 'drawbridge_database_pool_connections',
      help: 'This console’s database connections: total, idle; and calls waiting for one.',
      labelNames: ['state'] as const,
      registers,
    }),
    operations: new Gauge({
      name: 'drawbridge_operations_open',
      help: 'Intents without an outcome: pending, or indeterminate (a person must look). The same on every console.',
      labelNames: ['status'] as const,
      registers,
    }),
    oldestOperation: new Gauge({
      name: 'drawbridge_operations_oldest_seconds',
      help: 'Age of the oldest intent without an outcome; 0 without one. The same on every console.',
      registers,
    }),
    reviews: new Gauge({
      name: 'drawbridge_reviews_waiting',
      help: 'Imports and requests to enable that wait for a decision. The same on every console.',
      registers,
    }),
    alarms: new Gauge({
      name: 'drawbridge_alarms_unacknowledged',
      help: 'Alarms that nobody has acknowledged. The same on every console.',
      registers,
    }),
    connections: new Gauge({
      name: 'drawbridge_connections',
      help: 'Vaults by what their last calls told. The same on every console.',
      labelNames: ['state'] as const,
      registers,
    }),
    queue: new Gauge({
      name: 'drawbridge_jobs',
      help: 'Jobs on record by queue and state (waiting, active, failed). The same on every console.',
      labelNames: ['job', 'state'] as const,
      registers,
    }),
    sessions: new Gauge({
      name: 'drawbridge_sessions_live',
      help: 'Sessions that the next request would find live. The same on every console.',
      registers,
    }),
  }
}

export type Instruments = ReturnType<typeof createInstruments>

/** This process's. */
export function instruments(): Instruments {
  return keptInProcess('instruments', createInstruments)
}
