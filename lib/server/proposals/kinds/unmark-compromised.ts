import 'server-only'
import { err } from '@/lib/domain/result'
import type { ProposalRules } from '../rules'

export const unmarkCompromised: ProposalRules<'unmark_compromised'> = {
  check: async () => err({ code: 'not-permitted', message: 'The mark can not be taken back yet.' }),
  apply: async () => err({ code: 'not-permitted' }),
  facts: ({ subject }) => ({
    subject: subject.keyName,
    connection: { id: subject.connectionId, name: subject.vaultName },
    keyName: subject.keyName,
    keyVersion: subject.keyVersion,
  }),
}
