import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useIntent } from '../../api/intent.ts'
import { keyOf } from '../../api/read.ts'
import type { GatewayEvent } from '../../api/wire.ts'
import { useSay } from '../../i18n/say.ts'
import { ProblemAlert } from '../../ui/faults.tsx'
import { notify } from '../../ui/notices.tsx'
import { useCan } from '../../ui/session.tsx'
import classes from './gateway-events.module.css'

type Props = { readonly event: GatewayEvent; readonly onDone: () => void }

/** Applies the event again; what it already changed cannot change twice. */
export function Replay({ event, onDone }: Props) {
  const { t } = useTranslation('gatewayEvents')
  const say = useSay()
  const client = useQueryClient()
  const mayReplay = useCan('replay_webhooks')
  const { run, sending, fault } = useIntent(
    'POST /v1/gateway_events/{id}/replay',
    `replay.${event.id}`,
  )
  if (!mayReplay) return null
  const replay = async () => {
    const replayed = await run({ id: event.id, body: {} })
    if (replayed === null) return
    notify(t('replay.done', { status: say('eventStatus', replayed.status) }))
    void client.invalidateQueries({ queryKey: keyOf('/v1/gateway_events') })
    onDone()
  }
  return (
    <div className={classes.replay}>
      <Button variant="default" loading={sending} onClick={() => void replay()}>
        {t('replay.run')}
      </Button>
      <span className="florin-muted">{t('replay.why')}</span>
      <ProblemAlert fault={fault} />
    </div>
  )
}
