import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiFault } from '../../api/fault.ts'
import { write } from '../../api/request.ts'
import { useSay } from '../../i18n/say.ts'
import { notify } from '../../ui/notices.tsx'

/** Asks the gateway now. It changes nothing there, so a lost answer is simply asked for again. */
export function useSync(id: string, onDone: () => void) {
  const { t } = useTranslation('payment')
  const say = useSay()
  const [syncing, setSyncing] = useState(false)
  const run = async () => {
    if (syncing) return
    setSyncing(true)
    try {
      const payment = await write('POST /v1/payments/{id}/sync', { id, body: {} })
      notify(t('synced', { status: say('status', payment.status) }))
    } catch (fault) {
      if (!(fault instanceof ApiFault)) throw fault
      notify(`${t('notSynced')} ${fault.problem.detail}`.trim(), { tone: 'bad' })
    } finally {
      setSyncing(false)
      onDone()
    }
  }
  return { run, syncing }
}
