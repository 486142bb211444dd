-- One table for the ledgers of all tenants. Oracle 11g and later and its family (DM 8).
-- The database's character set must be AL32UTF8 (DM: UNICODE_FLAG 1): others lose rare characters of names. line_text is
-- what prepare gives, byte for byte. The primary key makes a second writer's line fail: it follows, then tries again.
CREATE TABLE zeren_line (
  ledger_id VARCHAR2(200 CHAR) NOT NULL,
  line_no   NUMBER(10)         NOT NULL CHECK (line_no > 0),
  line_text CLOB               NOT NULL,
  CONSTRAINT zeren_line_pk PRIMARY KEY (ledger_id, line_no)
);
