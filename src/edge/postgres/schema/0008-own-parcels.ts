import type { Migration } from './migration.js';

/**
 * Parcels that platforms have declared theirs, by hash: whoever follows one of them must have it here.
 *
 * - Keys start with the organisation: two may declare one number, and neither is told of the other.
 * - Rows leave by age (own-parcels.ts).
 */
export const ownParcels: Migration = {
  number: 8,
  name: 'own-parcels',
  sql: `
CREATE TABLE track_parcel (
  organisation text NOT NULL REFERENCES organisation (id),
  season text NOT NULL REFERENCES track_season,
  operator text NOT NULL,
  -- Four words of the keyed hash, little-endian.
  parcel bytea NOT NULL CHECK (octet_length(parcel) = 16),
  ticket text NOT NULL,
  -- The season's clock.
  declared_at timestamptz NOT NULL,
  PRIMARY KEY (organisation, season, parcel)
);
CREATE INDEX track_parcel_age ON track_parcel (organisation, season, declared_at);
CREATE INDEX track_parcel_ticket ON track_parcel (organisation, season, ticket);

GRANT SELECT, INSERT, DELETE ON track_parcel TO cuofeng_member;
ALTER TABLE track_parcel ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY member ON track_parcel TO cuofeng_member
  USING (organisation = current_setting('cuofeng.organisation', true))
  WITH CHECK (organisation = current_setting('cuofeng.organisation', true));
CREATE POLICY acting ON track_parcel AS RESTRICTIVE
  USING (current_user IN ('cuofeng_ledger', 'cuofeng_member', 'cuofeng_keeper'));
`,
};
