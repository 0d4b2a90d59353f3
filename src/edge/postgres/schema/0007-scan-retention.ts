import type { Migration } from './migration.js';

/**
 * The key that a season's waybills were hashed under can be deleted, and never be another: without it nobody can find out
 * which parcel a hash was of. What a backup or the server's own log still has of it goes when they do.
 */
export const scanRetention: Migration = {
  number: 7,
  name: 'scan-retention',
  sql: `
ALTER TABLE track_season ALTER COLUMN key DROP NOT NULL;

CREATE FUNCTION track_refuse_other_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.key IS NULL AND (NEW.season, NEW.logs) = (OLD.season, OLD.logs) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the key of a season is deleted or stays' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER track_season_key BEFORE UPDATE ON track_season
  FOR EACH ROW EXECUTE FUNCTION track_refuse_other_key();

GRANT UPDATE (key) ON track_season TO cuofeng_ledger;
`,
};
