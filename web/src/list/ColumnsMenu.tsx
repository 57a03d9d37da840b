import { Button, Checkbox, Popover } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './ColumnsMenu.module.css'
import { moveColumn, sameColumns, toggleColumn } from './column-choice.ts'
import type { Column, ListDefinition, Row } from './definition.ts'
import { DENSITIES } from './list-search.ts'
import type { ListView } from './use-list-view.ts'

type Props<R extends Row> = { readonly list: ListDefinition<R>; readonly view: ListView }

/** Which columns, in which order, and how close the rows stand. */
export function ColumnsMenu<R extends Row>({ list, view }: Props<R>) {
  const { t } = useTranslation('list')
  return (
    <Popover position="bottom-end" width={320} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />}>
          {t('columns.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('columns.title')}>
        <div className={classes.menu}>
          <Columns list={list} view={view} />
          <Density view={view} />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function Columns<R extends Row>({ list, view }: Props<R>) {
  const { t } = useTranslation('list')
  const { columns: shown } = view
  const byKey = new Map(list.columns.map((column) => [column.key, column]))
  const hidden = list.columns.filter(({ key }) => !shown.includes(key))
  const ordered = [...shown.flatMap((key) => byKey.get(key) ?? []), ...hidden]
  return (
    <>
      <ul className={classes.columns} aria-label={t('columns.title')}>
        {ordered.map((column) => (
          <OneColumn key={column.key} column={column} view={view} />
        ))}
      </ul>
      <Button
        variant="default"
        size="compact-sm"
        disabled={sameColumns(shown, list.shown)}
        onClick={() => view.setColumns(null)}
      >
        {t('columns.reset')}
      </Button>
    </>
  )
}

type ColumnProps<R> = { readonly column: Column<R>; readonly view: ListView }

function OneColumn<R>({ column: { key, title }, view }: ColumnProps<R>) {
  const { t } = useTranslation('list')
  const { columns, setColumns } = view
  const at = columns.indexOf(key)
  const move = (by: -1 | 1) => setColumns(moveColumn(columns, key, by))
  return (
    <li className={classes.column}>
      <Checkbox
        size="sm"
        label={title}
        checked={at >= 0}
        disabled={at >= 0 && columns.length === 1}
        onChange={() => setColumns(toggleColumn(columns, key))}
      />
      {at >= 0 && (
        <span className={classes.moves}>
          <button
            type="button"
            disabled={at === 0}
            onClick={() => move(-1)}
            aria-label={t('columns.up', { column: title })}
          >
            <IconArrowUp size={14} aria-hidden />
          </button>
          <button
            type="button"
            disabled={at === columns.length - 1}
            onClick={() => move(1)}
            aria-label={t('columns.down', { column: title })}
          >
            <IconArrowDown size={14} aria-hidden />
          </button>
        </span>
      )}
    </li>
  )
}

function Density({ view }: { readonly view: ListView }) {
  const { t } = useTranslation('list')
  return (
    <fieldset className={classes.density}>
      <legend>{t('density.title')}</legend>
      {DENSITIES.map((density) => (
        <label key={density}>
          <input
            type="radio"
            name="density"
            checked={view.density === density}
            onChange={() => view.setDensity(density)}
          />
          {t(`density.${density}`)}
        </label>
      ))}
    </fieldset>
  )
}
