export const events = {
  title: 'Events',
  count_one: '{{count, number}} event',
  count_other: '{{count, number}} events',
  one: 'Open event {{id}}',
  page: 'Event {{id}}',
  facts: 'Event',
  data: 'Data',
  json: 'Data as JSON',
  empty: 'No events yet. Each change of a payment announces one.',
  columns: {
    created_at: 'When',
    what: 'What happened',
    type: 'Type',
    object_id: 'Object',
    object_version: 'Version',
    id: 'ID',
  },
}
