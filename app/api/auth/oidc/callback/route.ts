import { receiveAnswer } from '@/lib/server/oidc/callback-route'
import { noHead } from '@/lib/server/oidc/oidc-door'

export { noHead as HEAD, receiveAnswer as GET }
