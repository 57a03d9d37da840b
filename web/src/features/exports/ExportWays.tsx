import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiFault } from '../../api/fault.ts'
import { keyOf } from '../../api/read.ts'
import { write } from '../../api/request.ts'
import type { Export } from '../../api/wire.ts'
import { ProblemAlert } from '../../ui/faults.tsx'
import { isUnderWay, mayResume } from './export-status.ts'
import classes from './exports.module.css'

/** What can be done with an export now. */
export function ExportWays({ job }: { readonly job: Export }) {
  const { t } = useTranslation('exports')
  const { act, acting, fault } = useExportAct(job.id)
  return (
    <span className={classes.ways}>
      {job.download_url !== null && job.status === 'done' && (
        <Button component="a" href={job.download_url} download size="compact-sm">
          {t('download')}
        </Button>
      )}
      {isUnderWay(job) && (
        <Button
          variant="default"
          size="compact-sm"
          loading={acting}
          onClick={() => act('POST /v1/exports/{id}/cancel')}
        >
          {t('cancel')}
        </Button>
      )}
      {mayResume(job) && (
        <Button
          variant="default"
          size="compact-sm"
          loading={acting}
          onClick={() => act('POST /v1/exports/{id}/resume')}
        >
          {t('resume')}
        </Button>
      )}
      <ProblemAlert fault={fault} />
    </span>
  )
}

type Act = 'POST /v1/exports/{id}/cancel' | 'POST /v1/exports/{id}/resume'

/** Stopping and going on are safe to repeat, so they need no key of their own. */
function useExportAct(id: string) {
  const client = useQueryClient()
  const [acting, setActing] = useState(false)
  const [fault, setFault] = useState<ApiFault | null>(null)
  const send = async (act: Act) => {
    setActing(true)
    setFault(null)
    try {
      const job = await write(act, { id, body: {} })
      client.setQueryData(keyOf('/v1/exports/{id}', id), job)
      await client.invalidateQueries({ queryKey: keyOf('/v1/exports') })
      await client.invalidateQueries({ queryKey: keyOf('/v1/exports/{id}', id) })
    } catch (error) {
      if (!(error instanceof ApiFault)) throw error
      setFault(error)
    } finally {
      setActing(false)
    }
  }
  return { act: (act: Act) => void send(act), acting, fault }
}
