import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Static } from 'typebox'
import type { TestCard } from '#contract/watching.ts'
import { read } from '../../api/read.ts'
import { useSay } from '../../i18n/say.ts'
import { Card } from '../../ui/Card.tsx'
import { CopyId } from '../../ui/CopyId.tsx'
import { ErrorState } from '../../ui/faults.tsx'
import { SimpleTable } from '../../ui/SimpleTable.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import classes from './TestToolsPage.module.css'

export function Cards() {
  const { t } = useTranslation('testTools')
  const cards = useQuery(read('/v1/test_tools/cards'))
  return (
    <Card title={t('cards.title')} flush>
      <p className={classes.intro}>{t('cards.intro')}</p>
      {cards.data ? <Table cards={cards.data.data} /> : null}
      {cards.isPending ? <SkeletonRows columns={2} rows={6} /> : null}
      {cards.error && !cards.data ? (
        <ErrorState fault={cards.error} onRetry={() => void cards.refetch()} />
      ) : null}
    </Card>
  )
}

function Table({ cards }: { readonly cards: readonly Static<typeof TestCard>[] }) {
  const { t } = useTranslation('testTools')
  const say = useSay()
  return (
    <SimpleTable
      caption={t('cards.title')}
      rows={cards}
      keyOf={({ number }) => number}
      columns={[
        {
          key: 'number',
          label: t('cards.number'),
          cell: ({ number }) => (
            <CopyId id={inFours(number)} label={t('cards.copy', { number: inFours(number) })} />
          ),
        },
        { key: 'result', label: t('cards.result'), cell: ({ result }) => say('card', result) },
      ]}
    />
  )
}

const inFours = (number: string): string =>
  number.replaceAll(/\D/g, '').replaceAll(/(\d{4})(?=\d)/g, '$1 ')
