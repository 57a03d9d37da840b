export {
  allMerchants,
  insertMerchant,
  insertShop,
  type MerchantRow,
  merchantById,
  type ShopRow,
  shopFor,
  shopsOf,
} from './store.ts'
