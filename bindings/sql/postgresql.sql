-- One table for the ledgers of all tenants. PostgreSQL and its family (KingbaseES, openGauss in its PostgreSQL mode).
-- The database's encoding must be UTF8. line_text is what prepare gives, byte for byte: text, never json or jsonb, which
-- write it anew. The primary key makes a second writer's line fail: it follows, then tries again.
CREATE TABLE zeren_line (
  ledger_id varchar(200) COLLATE "C" NOT NULL,
  line_no   integer NOT NULL CHECK (line_no > 0),
  line_text text    NOT NULL,
  PRIMARY KEY (ledger_id, line_no)
);
