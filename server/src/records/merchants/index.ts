export {
  allMerchants,
  insertMerchant,
  type MerchantRow,
  merchantById,
  type ShopRow,
  shopFor,
  shopsOf,
} from './store.ts'
