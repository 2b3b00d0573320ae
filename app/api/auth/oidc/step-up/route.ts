import { noHead } from '@/lib/server/oidc/oidc-door'
import { beginStepUpAtProvider } from '@/lib/server/oidc/step-up-route'

export { beginStepUpAtProvider as GET, noHead as HEAD }
