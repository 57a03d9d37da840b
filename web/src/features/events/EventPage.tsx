import { useTranslation } from 'react-i18next'
import { useSay } from '../../i18n/say.ts'
import { RowPage } from '../../list/RowPage.tsx'
import { Card } from '../../ui/Card.tsx'
import { CopyId } from '../../ui/CopyId.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { RawText } from '../../ui/RawText.tsx'
import { Time } from '../../ui/Time.tsx'
import classes from './events.module.css'
import { ObjectLink } from './ObjectLink.tsx'

export function EventPage() {
  const { t } = useTranslation('events')
  const say = useSay()
  return (
    <RowPage
      template="/v1/events/{id}"
      title={(id) => t('page', { id })}
      heading={(row) => say('timeline', row.type)}
    >
      {(row) => (
        <div className={classes.parts}>
          <Card title={t('facts')}>
            <Facts
              rows={[
                [t('columns.id'), <CopyId key="id" id={row.id} />],
                [t('columns.type'), <code key="type">{row.type}</code>],
                [t('columns.object_id'), <ObjectLink key="object" id={row.object_id} />],
                [t('columns.object_version'), String(row.object_version)],
                [t('columns.created_at'), <Time key="created" at={row.created_at} exact />],
              ]}
            />
          </Card>
          <Card title={t('data')}>
            <RawText label={t('json')} text={JSON.stringify(row.data, null, 2)} />
          </Card>
        </div>
      )}
    </RowPage>
  )
}
