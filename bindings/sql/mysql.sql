-- One table for the ledgers of all tenants. MySQL 5.7 and later, MariaDB 10.2 and later; InnoDB.
-- utf8mb4: MySQL's utf8 has no room for rare characters of names. A binary collation: other ids must stay others.
-- line_text is what prepare gives, byte for byte: never JSON, which writes it anew. The primary key makes a second
-- writer's line fail: it follows, then tries again. max_allowed_packet bounds a line: raise it to 80M.
CREATE TABLE zeren_line (
  ledger_id VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  line_no   INT UNSIGNED NOT NULL,
  line_text LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (ledger_id, line_no)
) ENGINE = InnoDB;
