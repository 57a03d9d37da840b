-- One domain per id prefix: a wrong-kind id does not store. merchant_id columns stay plain text,
-- because a domain there stops a distributed engine from sending functions to the merchant's node.
create domain payment_id as text collate "C"
  check (value ~ '^pay_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain transaction_id as text collate "C"
  check (value ~ '^txn_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain checkout_session_id as text collate "C"
  check (value ~ '^cks_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain payment_link_id as text collate "C"
  check (value ~ '^lnk_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain refund_id as text collate "C"
  check (value ~ '^rfd_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain payment_method_id as text collate "C"
  check (value ~ '^pmt_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain gateway_account_id as text collate "C"
  check (value ~ '^gwa_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain customer_id as text collate "C"
  check (value ~ '^cus_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain member_id as text collate "C"
  check (value ~ '^mem_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain shop_id as text collate "C"
  check (value ~ '^shp_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain gateway_event_id as text collate "C"
  check (value ~ '^gev_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain event_id as text collate "C"
  check (value ~ '^evt_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain ledger_account_id as text collate "C"
  check (value ~ '^lac_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain transfer_id as text collate "C"
  check (value ~ '^ltr_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain export_id as text collate "C"
  check (value ~ '^exp_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain job_id as text collate "C"
  check (value ~ '^job_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain api_key_id as text collate "C"
  check (value ~ '^key_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain audit_entry_id as text collate "C"
  check (value ~ '^aud_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create domain note_id as text collate "C"
  check (value ~ '^not_[0-7][0-9a-hjkmnp-tv-z]{25}$');

create domain payment_mode as text check (value in ('test', 'live'));
create domain currency_code as text check (value ~ '^[A-Z0-9]{3,12}$');
-- Minor units. The ceiling leaves room for sums far beyond the 10^12 that one request may name.
create domain minor_units as bigint check (value >= 0 and value <= 4000000000000000000);

-- What lower(name) and free-text search compare with: accents and case do not matter.
create extension if not exists pg_trgm;

grant usage on schema public to florin_app;
