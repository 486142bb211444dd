-- One table for the ledgers of all tenants. SQLite.
-- line_text is what prepare gives, byte for byte: text, never a JSON type, which writes it anew. The primary key makes a
-- second writer's line fail: it follows, then tries again. PRAGMA synchronous=FULL, so that what is committed is there.
CREATE TABLE zeren_line (
  ledger_id TEXT    NOT NULL,
  line_no   INTEGER NOT NULL CHECK (line_no > 0),
  line_text TEXT    NOT NULL,
  PRIMARY KEY (ledger_id, line_no)
);
