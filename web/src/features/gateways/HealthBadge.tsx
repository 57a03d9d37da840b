import { useTranslation } from 'react-i18next'
import type { GatewayAccount } from '../../api/wire.ts'
import { Badge } from '../../ui/StatusBadge.tsx'
import type { Look } from '../../ui/status.ts'
import { type Health, healthOf } from './health.ts'

const LOOKS: Readonly<Record<Health, Look>> = {
  good: { shape: '●', tone: 'green' },
  quiet: { shape: '○', tone: 'grey' },
  unsure: { shape: '◐', tone: 'amber' },
  bad: { shape: '✕', tone: 'red' },
  off: { shape: '✕', tone: 'grey' },
}

export function HealthBadge({ account }: { readonly account: GatewayAccount }) {
  const { t } = useTranslation('gateways')
  const health = healthOf(account)
  return <Badge look={LOOKS[health]}>{t(`health.${health}`)}</Badge>
}
