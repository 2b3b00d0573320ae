import type { Role } from '@/lib/domain/people/roles'
import type { Places } from './pages'

// Who may pass which door, written by hand and on purpose not taken from the console's own table of permissions: a slip
// there shows here. A page, route or action without a row fails e2e/matrix.spec.ts.

const EVERY_ROLE: readonly Role[] = ['administrator', 'custodian', 'approver', 'auditor', 'viewer']
const NOT_VIEWERS: readonly Role[] = ['administrator', 'custodian', 'approver', 'auditor']
const OFFICERS: readonly Role[] = ['custodian', 'approver']

/** `anybody`: without a session too. `owing`: whoever has given the password and owes the passkey, and nobody else. */
export type Who = readonly Role[] | 'anybody' | 'owing'

export interface PageRow {
  at: (places: Places) => string
  who: Who
  /** The permission that /forbidden names to everybody else. */
  needs?: string
  /** It shows nothing by itself: to whoever comes without what it is about, it leads here. */
  leads?: string
}

export const PAGE_ROWS: Record<string, PageRow> = {
  '/': { at: () => '/', who: EVERY_ROLE },
  '/account': { at: () => '/account', who: EVERY_ROLE },
  '/audit': { at: () => '/audit', who: NOT_VIEWERS, needs: 'audit.read' },
  '/forbidden': { at: () => '/forbidden?needs=audit.export', who: EVERY_ROLE },
  '/import/new': { at: () => '/import/new', who: ['custodian'], needs: 'imports.create' },
  '/import/queue': { at: () => '/import/queue', who: ['custodian'], needs: 'imports.create' },
  '/imports/[id]': { at: ({ importId }) => `/imports/${importId}`, who: NOT_VIEWERS, needs: 'imports.read' },
  '/imports/[id]/record': {
    at: ({ importId }) => `/imports/${importId}/record`,
    who: NOT_VIEWERS,
    needs: 'imports.read',
  },
  '/invitation': { at: () => '/invitation', who: 'anybody' },
  '/keks': { at: () => '/keks', who: EVERY_ROLE },
  '/keks/[id]': { at: ({ kekId }) => `/keks/${kekId}`, who: EVERY_ROLE },
  '/keks/[id]/transfer-sheet': {
    at: ({ kekId }) => `/keks/${kekId}/transfer-sheet`,
    who: ['custodian'],
    needs: 'keks.download',
  },
  '/keks/new': { at: () => '/keks/new', who: ['custodian'], needs: 'keks.create' },
  '/keys': { at: () => '/keys', who: EVERY_ROLE },
  '/keys/new': { at: () => '/keys/new', who: ['custodian'], needs: 'keys.create' },
  '/keys/[connection]/[name]': {
    at: ({ connectionId, keyName }) => `/keys/${connectionId}/${keyName}`,
    who: EVERY_ROLE,
  },
  '/keys/[connection]/[name]/release': {
    at: ({ connectionId, keyName }) => `/keys/${connectionId}/${keyName}/release?version=${'0'.repeat(32)}`,
    who: ['custodian'],
    needs: 'releases.perform',
  },
  '/keys/[connection]/[name]/policy': {
    at: ({ connectionId, keyName }) => `/keys/${connectionId}/${keyName}/policy`,
    who: EVERY_ROLE,
  },
  '/notifications': { at: () => '/notifications', who: NOT_VIEWERS, needs: 'notices.read' },
  '/people': { at: () => '/people', who: ['administrator', 'auditor'], needs: 'people.read' },
  '/people/[id]': {
    at: ({ personId }) => `/people/${personId}`,
    who: ['administrator', 'auditor'],
    needs: 'people.read',
  },
  '/people/new': { at: () => '/people/new', who: ['administrator'], needs: 'people.manage' },
  '/proposals': { at: () => '/proposals', who: NOT_VIEWERS, needs: 'proposals.read' },
  '/proposals/[id]': {
    at: ({ proposalId }) => `/proposals/${proposalId}`,
    who: NOT_VIEWERS,
    needs: 'proposals.read',
  },
  '/releases': { at: () => '/releases', who: NOT_VIEWERS, needs: 'releases.read' },
  '/releases/[digest]': {
    at: ({ releaseDigest }) => `/releases/${releaseDigest}`,
    who: NOT_VIEWERS,
    needs: 'releases.read',
  },
  '/releases/lab': { at: () => '/releases/lab', who: NOT_VIEWERS, needs: 'releases.read' },
  '/releases/made/[id]': {
    at: ({ madeReleaseId }) => `/releases/made/${madeReleaseId}`,
    who: NOT_VIEWERS,
    needs: 'releases.read',
  },
  '/releases/report': { at: () => '/releases/report', who: NOT_VIEWERS, needs: 'releases.read' },
  '/review': { at: () => '/review', who: NOT_VIEWERS, needs: 'reviews.read' },
  '/review/[id]': { at: ({ importId }) => `/review/${importId}`, who: NOT_VIEWERS, needs: 'reviews.read' },
  '/review/enable/[id]': {
    at: ({ enableRequestId }) => `/review/enable/${enableRequestId}`,
    who: NOT_VIEWERS,
    needs: 'reviews.read',
  },
  '/review/policy/[id]': {
    at: ({ policyRequestId }) => `/review/policy/${policyRequestId}`,
    who: NOT_VIEWERS,
    needs: 'reviews.read',
  },
  '/sign-in': { at: () => '/sign-in', who: 'anybody' },
  '/sign-in/confirmed': { at: () => '/sign-in/confirmed', who: 'anybody', leads: '/' },
  '/sign-in/refused': { at: () => '/sign-in/refused', who: 'anybody', leads: '/sign-in' },
  '/sign-in/second-factor': { at: () => '/sign-in/second-factor', who: 'owing' },
  '/vaults': { at: () => '/vaults', who: EVERY_ROLE },
  '/vaults/[id]': { at: ({ connectionId }) => `/vaults/${connectionId}`, who: EVERY_ROLE },
  '/vaults/[id]/change': {
    at: ({ connectionId }) => `/vaults/${connectionId}/change`,
    who: ['administrator'],
    needs: 'connections.manage',
  },
  '/vaults/new': { at: () => '/vaults/new', who: ['administrator'], needs: 'connections.manage' },
}

export interface RouteRow {
  at: (places: Places) => string
  who: Who
  /** What the file exports. */
  methods: readonly string[]
  /** What those who may are answered where it is not 200. */
  status?: number
}

export const ROUTE_ROWS: Record<string, RouteRow> = {
  '/api/audit/export': { at: () => '/api/audit/export?q=type:audit.exported', who: ['auditor'], methods: ['GET'] },
  '/api/auth/[...nextauth]': { at: () => '/api/auth/csrf', who: 'anybody', methods: ['GET', 'POST'] },
  // They only lead on: to the provider, or to the page that says why not.
  '/api/auth/oidc/callback': {
    at: () => '/api/auth/oidc/callback',
    who: 'anybody',
    methods: ['GET', 'HEAD'],
    status: 303,
  },
  '/api/auth/oidc/sign-in': {
    at: () => '/api/auth/oidc/sign-in',
    who: 'anybody',
    methods: ['GET', 'HEAD'],
    status: 303,
  },
  '/api/auth/oidc/step-up': {
    at: () => '/api/auth/oidc/step-up',
    who: 'anybody',
    methods: ['GET', 'HEAD'],
    status: 303,
  },
  '/api/imports/[id]/record': {
    at: ({ importId }) => `/api/imports/${importId}/record`,
    who: NOT_VIEWERS,
    methods: ['GET'],
  },
  '/api/imports/[id]/status': {
    at: ({ importId }) => `/api/imports/${importId}/status`,
    who: NOT_VIEWERS,
    methods: ['GET'],
  },
  '/api/keys': { at: () => '/api/keys', who: EVERY_ROLE, methods: ['GET'] },
  '/api/releases/export': { at: () => '/api/releases/export', who: ['auditor'], methods: ['GET'] },
  '/api/sealer': { at: () => '/api/sealer', who: EVERY_ROLE, methods: ['GET'] },
  '/api/session': { at: () => '/api/session', who: EVERY_ROLE, methods: ['GET', 'POST'] },
  '/api/status': { at: () => '/api/status', who: EVERY_ROLE, methods: ['GET'] },
}

export interface ActionRow {
  who: Who
  /** What it is called with; by default `{}`. It must change nothing, whoever calls. */
  input?: unknown
  /** What those who may are answered to that; by default `invalid-input`. */
  answer?: string
}

/** By `<file under app>#<export>`. */
export const ACTION_ROWS: Record<string, ActionRow> = {
  '(auth)/invitation/actions.ts#acceptInvitation': { who: 'anybody' },
  '(auth)/invitation/actions.ts#lookAtInvitation': { who: 'anybody' },
  // These would do what they say with `{}`.
  '(auth)/sign-in/second-factor/actions.ts#beginSecondFactor': { who: 'owing', input: 'nothing' },
  '(console)/account/actions.ts#endOtherSessionsAction': { who: EVERY_ROLE, input: 'nothing' },
  '(auth)/sign-in/second-factor/actions.ts#passSecondFactor': { who: 'owing' },
  '(console)/account/actions.ts#askPasskeyForStepUp': { who: EVERY_ROLE },
  '(console)/account/actions.ts#keepPasskey': { who: EVERY_ROLE },
  '(console)/account/actions.ts#registerPasskey': { who: EVERY_ROLE },
  '(console)/account/actions.ts#removePasskey': { who: EVERY_ROLE },
  '(console)/account/actions.ts#stepUpByPasskey': { who: EVERY_ROLE },
  '(console)/account/actions.ts#changePasswordAction': { who: EVERY_ROLE },
  '(console)/account/actions.ts#endSessionAction': { who: EVERY_ROLE },
  '(console)/account/actions.ts#stepUpByPassword': { who: EVERY_ROLE },
  '(console)/account/duties-actions.ts#acknowledgeDutiesAction': { who: ['custodian'] },
  '(console)/alarm-actions.ts#acknowledgeAlarm': { who: ['approver', 'auditor'] },
  '(console)/import/actions.ts#discardDraftAction': { who: ['custodian'] },
  '(console)/import/actions.ts#prepareBatchAction': { who: ['custodian'] },
  '(console)/import/actions.ts#preparePrivateJwkAction': { who: ['custodian'] },
  '(console)/import/actions.ts#readTargetFactsAction': { who: ['custodian'] },
  '(console)/import/actions.ts#saveDraftAction': { who: ['custodian'] },
  '(console)/import/actions.ts#submitImportAction': { who: ['custodian'] },
  '(console)/import/actions.ts#submitPrivateJwkAction': { who: ['custodian'] },
  '(console)/keks/actions.ts#createKekAction': { who: ['custodian'] },
  '(console)/keks/actions.ts#downloadKekPublicKeyAction': { who: ['custodian'] },
  '(console)/keks/actions.ts#retireKekAction': { who: ['custodian'] },
  '(console)/keys/[connection]/[name]/policy/actions.ts#addPolicyTestAction': { who: OFFICERS },
  '(console)/keys/[connection]/[name]/policy/actions.ts#proposePolicyAction': { who: OFFICERS },
  '(console)/keys/[connection]/[name]/policy/actions.ts#removePolicyTestAction': { who: OFFICERS },
  '(console)/keys/actions.ts#createKeyAction': { who: ['custodian'] },
  '(console)/keys/actions.ts#disableVersion': { who: OFFICERS },
  '(console)/keys/actions.ts#markCompromised': { who: OFFICERS },
  '(console)/keys/actions.ts#proposeUnmarkAction': { who: OFFICERS },
  '(console)/keys/actions.ts#refreshKeys': { who: NOT_VIEWERS },
  '(console)/keys/actions.ts#requestEnable': { who: OFFICERS },
  '(console)/notifications/actions.ts#sendTestAction': { who: ['administrator'], input: 'nothing' },
  '(console)/people/actions.ts#disablePersonAction': { who: ['administrator'] },
  '(console)/people/actions.ts#proposeEnableAction': { who: ['administrator'] },
  '(console)/people/actions.ts#proposeInvitationAction': { who: ['administrator'] },
  '(console)/people/actions.ts#proposePasskeyResetAction': { who: ['administrator'] },
  '(console)/people/actions.ts#proposePersonAction': { who: ['administrator'] },
  '(console)/people/actions.ts#proposeRolesAction': { who: ['administrator'] },
  // Who may decide depends on what is proposed: the service asks.
  '(console)/proposals/actions.ts#confirmProposalAction': { who: NOT_VIEWERS },
  '(console)/proposals/actions.ts#refuseProposalAction': { who: NOT_VIEWERS },
  '(console)/proposals/actions.ts#withdrawProposalAction': { who: NOT_VIEWERS },
  '(console)/releases/actions.ts#completeReleaseAction': { who: ['custodian', 'approver', 'auditor'] },
  '(console)/releases/actions.ts#performReleaseAction': { who: ['custodian'] },
  '(console)/releases/actions.ts#readLogsAction': { who: NOT_VIEWERS, input: 'nothing' },
  '(console)/review/actions.ts#approveEnableAction': { who: ['approver'] },
  '(console)/review/actions.ts#approveImportAction': { who: ['approver'] },
  '(console)/review/actions.ts#approvePolicyAction': { who: ['approver'] },
  '(console)/review/actions.ts#deleteRejectedKeyAction': { who: OFFICERS },
  '(console)/review/actions.ts#rejectEnableAction': { who: ['approver'] },
  '(console)/review/actions.ts#rejectImportAction': { who: ['approver'] },
  '(console)/review/actions.ts#withdrawEnableAction': { who: OFFICERS },
  '(console)/vaults/actions.ts#addConnection': { who: ['administrator'] },
  '(console)/vaults/actions.ts#changeConnectionAction': { who: ['administrator'] },
  '(console)/vaults/actions.ts#checkConnection': { who: NOT_VIEWERS },
  '(console)/vaults/actions.ts#proposeApprovalPolicyAction': { who: ['administrator'] },
  '(console)/vaults/actions.ts#removeConnection': { who: ['administrator'] },
}
