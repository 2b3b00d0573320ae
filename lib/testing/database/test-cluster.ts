export const TEMPLATE = 'drawbridge_template'

/** Where this run's PostgreSQL is: handed from the global set-up to every test file. */
export interface TestCluster {
  readonly port: number
  readonly superuserUrl: string
  /** Passwords of the two roles. */
  readonly owner: string
  readonly application: string
}
