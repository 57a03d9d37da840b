import { Tabs } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Payment } from '../../api/wire.ts'
import { useSearch } from '../../ui/address.tsx'
import { Attempts } from './Attempts.tsx'
import classes from './Sections.module.css'
import { Timeline } from './Timeline.tsx'
import { Transfers } from './Transfers.tsx'

const SECTIONS = ['timeline', 'transactions', 'transfers'] as const
type Section = (typeof SECTIONS)[number]

const isSection = (text: string | null | undefined): text is Section =>
  SECTIONS.some((one) => one === text)

type Props = { readonly payment: Payment; readonly onChanged: () => void }

/** The story, the tries and the books of the payment; the open one is in the address. */
export function Sections({ payment, onChanged }: Props) {
  const { t } = useTranslation('payment')
  const [search, setSearch] = useSearch()
  const open: Section = isSection(search.section) ? search.section : 'timeline'
  const choose = (value: string | null) => {
    setSearch(
      { section: value === 'timeline' ? undefined : (value ?? undefined) },
      { replace: true },
    )
  }
  return (
    <Tabs value={open} onChange={choose} className={classes.tabs} keepMounted={false}>
      <Tabs.List aria-label={t('sections.label')} className={classes.list}>
        {SECTIONS.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t(`sections.${name}`)}
            {name === 'transactions' ? ` ${payment.transactions?.length ?? 0}` : ''}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="timeline">
        <Timeline id={payment.id} onChanged={onChanged} />
      </Tabs.Panel>
      <Tabs.Panel value="transactions">
        <Attempts transactions={payment.transactions ?? []} />
      </Tabs.Panel>
      <Tabs.Panel value="transfers">
        <Transfers id={payment.id} />
      </Tabs.Panel>
    </Tabs>
  )
}
