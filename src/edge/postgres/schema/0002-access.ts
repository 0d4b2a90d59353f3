import type { Migration } from './migration.js';

/**
 * Organisations, their people and keys, what they declare, whom to tell, and the audit log of acts.
 *
 * - Unique keys start with the organisation: uniqueness is checked across row-level security, and a name taken by
 *   one organisation must not show to another. Names of organisations themselves are the exception.
 * - The audit log is append-only, and chained per organisation: what one does leaves no trace in another's.
 * - Who somebody is is remembered for as long as the version of access stands still. Nothing is remembered of
 *   what is not there, so insertions leave it; so does a session's use.
 */
export const access: Migration = {
  number: 2,
  name: 'access',
  sql: `
CREATE TABLE organisation (
  id text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('administration', 'operator', 'platform', 'lastMile', 'association')),
  level text NOT NULL CHECK (level IN ('nation', 'province', 'city')),
  -- GB/T 2260, 000000 for the nation.
  region text NOT NULL CHECK (region ~ '^[0-9]{6}$'),
  parent text REFERENCES organisation (id),
  -- Of operators' offices: the head office, which has the operator's name in scenarios.
  operator text CHECK ((operator IS NOT NULL) = (kind = 'operator')),
  suspended boolean NOT NULL DEFAULT false,
  -- Made by the demonstration, and replaceable by it.
  demonstration boolean NOT NULL DEFAULT false
);

-- A person, by a handle of the organisation's choice: never a name.
CREATE TABLE account (
  organisation text NOT NULL REFERENCES organisation (id),
  login text NOT NULL,
  role text NOT NULL CHECK (role IN ('viewer', 'dispatcher', 'manager')),
  -- scrypt$N$r$p$salt$hash (passwords.ts)
  password text,
  -- SHA-256 over the subject by which the organisation's OpenID provider knows the person.
  subject bytea,
  suspended boolean NOT NULL DEFAULT false,
  PRIMARY KEY (organisation, login),
  UNIQUE (organisation, subject)
);

CREATE TABLE api_key (
  organisation text NOT NULL REFERENCES organisation (id),
  id text NOT NULL,
  label text NOT NULL,
  role text NOT NULL CHECK (role IN ('viewer', 'dispatcher', 'manager')),
  -- SHA-256 over a secret of 256 random bits.
  secret bytea NOT NULL,
  made_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX api_key_secret ON api_key (secret);

CREATE TABLE session (
  organisation text NOT NULL,
  -- SHA-256 over a token of 256 random bits.
  token bytea NOT NULL,
  login text NOT NULL,
  used_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (organisation, token),
  FOREIGN KEY (organisation, login) REFERENCES account (organisation, login)
);
CREATE INDEX session_token ON session (token);
CREATE INDEX session_login ON session (organisation, login);

CREATE TABLE oidc_issuer (
  organisation text PRIMARY KEY REFERENCES organisation (id),
  issuer text NOT NULL,
  client_id text NOT NULL,
  client_secret text NOT NULL
);

CREATE TABLE webhook (
  organisation text NOT NULL REFERENCES organisation (id),
  id text NOT NULL,
  url text NOT NULL,
  -- Signs what is sent.
  secret text NOT NULL,
  -- Of the last change delivered; null: none yet.
  cursor text,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused')),
  -- In a row, and when to try again.
  failures integer NOT NULL DEFAULT 0,
  retry_at timestamptz,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (organisation, id)
);

CREATE TABLE capacity_declaration (
  organisation text NOT NULL REFERENCES organisation (id),
  id text NOT NULL,
  -- In the order in which they came into force, or were declared.
  number bigint GENERATED ALWAYS AS IDENTITY,
  operator text NOT NULL,
  resource text NOT NULL,
  region text NOT NULL,
  -- Starts of the first slot and of the one after the last.
  slots_from timestamptz NOT NULL,
  slots_until timestamptz NOT NULL CHECK (slots_until > slots_from),
  parcels integer NOT NULL CHECK (parcels >= 0),
  licensed integer NOT NULL CHECK (licensed >= 0),
  reason text NOT NULL,
  declared_by text NOT NULL,
  declared_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('in force', 'waiting', 'approved', 'rejected', 'withdrawn', 'superseded')),
  decided_by text,
  decided_at timestamptz,
  decided_reason text,
  -- Until when it counts; null: until withdrawn or superseded.
  valid_until timestamptz,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX capacity_declaration_resource ON capacity_declaration (resource, number);

CREATE TABLE audit (
  organisation text NOT NULL REFERENCES organisation (id),
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  -- Canonical JSON (RFC 8785).
  detail text NOT NULL,
  previous bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (organisation, seq)
);
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse_change();

CREATE TABLE audit_head (
  organisation text PRIMARY KEY REFERENCES organisation (id),
  seq bigint NOT NULL,
  hash bytea NOT NULL
);

CREATE TABLE access_version (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  version bigint NOT NULL
);
INSERT INTO access_version (version) VALUES (1);

CREATE FUNCTION bump_access_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE access_version SET version = version + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER bump AFTER UPDATE OR DELETE ON organisation FOR EACH ROW EXECUTE FUNCTION bump_access_version();
CREATE TRIGGER bump AFTER UPDATE OR DELETE ON account FOR EACH ROW EXECUTE FUNCTION bump_access_version();
CREATE TRIGGER bump AFTER UPDATE OR DELETE ON api_key FOR EACH ROW EXECUTE FUNCTION bump_access_version();
CREATE TRIGGER bump AFTER UPDATE OF token, organisation, login, expires_at OR DELETE ON session
  FOR EACH ROW EXECUTE FUNCTION bump_access_version();

GRANT SELECT ON organisation, account, api_key, session, oidc_issuer, webhook, capacity_declaration, audit,
  audit_head, access_version TO cuofeng_member, cuofeng_keeper;
GRANT INSERT, UPDATE, DELETE ON account, api_key, session, oidc_issuer, webhook, capacity_declaration
  TO cuofeng_member, cuofeng_keeper;
GRANT INSERT, UPDATE ON organisation TO cuofeng_keeper;
GRANT INSERT ON audit TO cuofeng_member, cuofeng_keeper;
GRANT INSERT, UPDATE ON audit_head TO cuofeng_member, cuofeng_keeper;
GRANT UPDATE ON access_version TO cuofeng_member, cuofeng_keeper;
-- Read with every request, in a session that acts as the ledger throughout: one round trip.
GRANT SELECT ON access_version TO cuofeng_ledger;
CREATE POLICY ledger ON access_version FOR SELECT TO cuofeng_ledger USING (true);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['account', 'api_key', 'session', 'oidc_issuer', 'webhook', 'capacity_declaration',
    'audit', 'audit_head', 'organisation', 'access_version'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY keeper ON %I TO cuofeng_keeper USING (true) WITH CHECK (true)', name);
    IF name = 'organisation' THEN
      CREATE POLICY member ON organisation FOR SELECT TO cuofeng_member
        USING (id = current_setting('cuofeng.organisation', true));
    ELSIF name = 'access_version' THEN
      CREATE POLICY member ON access_version TO cuofeng_member USING (true) WITH CHECK (true);
    ELSE
      EXECUTE format('CREATE POLICY member ON %I TO cuofeng_member
        USING (organisation = current_setting(''cuofeng.organisation'', true))
        WITH CHECK (organisation = current_setting(''cuofeng.organisation'', true))', name);
    END IF;
  END LOOP;
END $$;
`,
};
