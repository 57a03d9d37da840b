import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { ApiFault } from '../api/fault.ts'
import { write } from '../api/request.ts'
import { paths } from '../paths.ts'

/** Ends the session here even if the server cannot be told: nothing of it stays on the screen. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useCallback(async () => {
    try {
      await write('POST /v1/sign_out', { body: undefined })
    } catch (fault) {
      if (!(fault instanceof ApiFault)) throw fault
    }
    await navigate({ to: paths.signIn, search: {} })
    client.clear()
  }, [client, navigate])
}
