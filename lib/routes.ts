/** Every internal link is built here. */
export const routes = {
  start: () => '/',
  signIn: (next?: string) => (next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'),
  keys: (query?: Record<string, string>) => withQuery('/keys', query),
  key: (connectionId: string, name: string, version?: string) =>
    `/keys/${connectionId}/${encodeURIComponent(name)}${version ? `?version=${version}` : ''}`,
  newKey: () => '/keys/new',
  keyPolicy: (connectionId: string, name: string) => `/keys/${connectionId}/${encodeURIComponent(name)}/policy`,
  keks: () => '/keks',
  newKek: () => '/keks/new',
  kek: (id: string) => `/keks/${id}`,
  transferSheet: (id: string) => `/keks/${id}/transfer-sheet`,
  /** A file to save, never a page: see lib/client/sealer. */
  offlineSealer: () => '/api/sealer',
  newImport: (query?: { kek?: string; draft?: string }) => withQuery('/import/new', query),
  importQueue: () => '/import/queue',
  import: (id: string) => `/imports/${id}`,
  ceremonyRecord: (id: string) => `/imports/${id}/record`,
  ceremonyRecordJson: (id: string) => `/api/imports/${id}/record`,
  reviews: () => '/review',
  review: (importId: string) => `/review/${importId}`,
  enableReview: (enableRequestId: string) => `/review/enable/${enableRequestId}`,
  policyReview: (requestId: string) => `/review/policy/${requestId}`,
  reviewOf: ({ kind, id }: { kind: 'import' | 'enable' | 'policy'; id: string }) =>
    kind === 'import' ? `/review/${id}` : `/review/${kind}/${id}`,
  audit: (query?: Record<string, string>) => withQuery('/audit', query),
  auditExport: (query: Record<string, string>) => withQuery('/api/audit/export', query),
  releases: (query?: Record<string, string>) => withQuery('/releases', query),
  /** For an auditor, to print; without a key it asks which. `vault` as in lib/domain/releases/history/report-request.ts. */
  releaseReport: (query?: { vault?: string; key?: string; from?: string; to?: string }) =>
    withQuery('/releases/report', query),
  policyLab: () => '/releases/lab',
  release: (digest: string) => `/releases/${digest}`,
  /** A release that was made here, by its operation. */
  madeRelease: (operationId: string) => `/releases/made/${operationId}`,
  /** Where one is made. */
  releaseKey: (connectionId: string, name: string, version: string) =>
    `/keys/${connectionId}/${encodeURIComponent(name)}/release?version=${version}`,
  releasesExport: (query: Record<string, string>) => withQuery('/api/releases/export', query),
  vaults: () => '/vaults',
  newVault: () => '/vaults/new',
  vault: (id: string) => `/vaults/${id}`,
  changeVault: (id: string) => `/vaults/${id}/change`,
  people: () => '/people',
  newPerson: () => '/people/new',
  person: (id: string) => `/people/${id}`,
  proposals: () => '/proposals',
  proposal: (id: string) => `/proposals/${id}`,
  /** The token stands behind `#`: a browser sends that to nobody. */
  invitation: (token?: string) => (token ? `/invitation#${token}` : '/invitation'),
  account: (part?: 'passkeys') => (part ? `/account#${part}` : '/account'),
  secondFactor: (next?: string) =>
    next ? `/sign-in/second-factor?next=${encodeURIComponent(next)}` : '/sign-in/second-factor',
  /** To the identity provider. A plain link, never prefetched: to open it is to begin. */
  oidcSignIn: (next?: string) => withQuery('/api/auth/oidc/sign-in', { next }),
  oidcStepUp: (stepUpId: string) => withQuery('/api/auth/oidc/step-up', { id: stepUpId }),
  /** The redirect URI that is registered at the provider. */
  oidcCallback: () => '/api/auth/oidc/callback',
  signInRefused: () => '/sign-in/refused',
  stepUpOutcome: () => '/sign-in/confirmed',
  notifications: () => '/notifications',
  apiKeys: (query?: Record<string, string>) => withQuery('/api/keys', query),
  apiStatus: () => '/api/status',
  apiSession: () => '/api/session',
  apiImportStatus: (id: string) => `/api/imports/${id}/status`,
  forbidden: (permission: string) => `/forbidden?needs=${encodeURIComponent(permission)}`,
} as const

function withQuery(path: string, query?: Record<string, string | undefined>): string {
  const entries = Object.entries(query ?? {}).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return entries.length ? `${path}?${new URLSearchParams(entries)}` : path
}
