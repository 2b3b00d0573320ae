import LogIn from 'lucide-react/icons/log-in'
import { routes } from '@/lib/routes'
import { buttonClass } from '../ui/control-style'
import { Icon } from '../ui/icon'

type ProviderSignInProps = {
  /** The provider's name, as the settings give it. */
  name: string
  /** A path of this console to come back to. */
  destination: string
}

/** A plain link: a form that ends at another origin is held back by the page's policy, and a prefetch would begin a sign-in. */
export function ProviderSignIn({ name, destination }: ProviderSignInProps) {
  return (
    <a href={routes.oidcSignIn(destination)} className={buttonClass('primary', 'medium')}>
      <Icon icon={LogIn} />
      <span className="min-w-0 truncate">Sign in with {name}</span>
    </a>
  )
}
