import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntent } from '../../api/intent.ts'
import { keyOf } from '../../api/read.ts'
import { ProblemAlert } from '../../ui/faults.tsx'
import { notify } from '../../ui/notices.tsx'

/** Creates a payment in test mode and opens its checkout page in a tab of its own. */
export function TestPaymentButton() {
  const { t } = useTranslation('home')
  const client = useQueryClient()
  const { run, sending, fault } = useIntent('POST /v1/test_tools/test_payment', 'test-payment')
  const [blocked, setBlocked] = useState<string | null>(null)
  const start = async () => {
    setBlocked(null)
    const made = await run({ body: {} })
    if (made === null) return
    const tab = window.open(made.checkout_url, '_blank')
    if (tab === null) setBlocked(made.checkout_url)
    else notify(t('started'))
    void client.invalidateQueries({ queryKey: keyOf('/v1/home') })
  }
  return (
    <>
      <Button loading={sending} onClick={() => void start()}>
        {t('testPayment')}
      </Button>
      {blocked === null ? null : (
        <a href={blocked} target="_blank" rel="noreferrer">
          {t('openCheckout')}
        </a>
      )}
      <ProblemAlert fault={fault} />
    </>
  )
}
