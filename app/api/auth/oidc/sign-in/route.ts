import { noHead } from '@/lib/server/oidc/oidc-door'
import { beginSignIn } from '@/lib/server/oidc/sign-in-route'

export { beginSignIn as GET, noHead as HEAD }
