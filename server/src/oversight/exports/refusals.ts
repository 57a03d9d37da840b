import type { RefusalTable } from '#server/kernel/result.ts'

export type ExportRefusal =
  | 'export_not_found'
  | 'export_over'
  | 'export_not_resumable'
  | 'export_not_ready'
  | 'export_file_gone'
  | 'column_unknown'
  | 'column_repeated'

export const EXPORT_REFUSALS: RefusalTable<ExportRefusal> = {
  export_not_found: { status: 404, title: 'No such export' },
  export_over: { status: 409, title: 'This export has ended already' },
  export_not_resumable: { status: 409, title: 'This export was not stopped' },
  export_not_ready: { status: 409, title: 'The file is not ready' },
  export_file_gone: { status: 410, title: 'The file has been deleted' },
  column_unknown: { status: 422, title: 'No such column' },
  column_repeated: { status: 422, title: 'A column is named twice' },
}
