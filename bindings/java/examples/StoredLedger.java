import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import zeren.ConflictException;
import zeren.Head;
import zeren.Prepared;
import zeren.ResponsibilitySystem;

/**
 * A ledger in a table of the application's own database (bindings/sql): one state a process, one transaction a batch.
 *
 * The primary key decides between processes: whoever inserts a sequence second rolls back, follows and tries again.
 */
final class StoredLedger implements AutoCloseable {
    /** The class of SQL states for keys that stand already: 23505 of PostgreSQL and 人大金仓, 23000 of Oracle, MySQL, 达梦. */
    private static final String CONSTRAINT = "23";

    /** What the application writes in the same transaction. It may run again, after a rollback. */
    interface Work {
        void in(Connection connection) throws SQLException;
    }

    private final String ledger;
    private final ResponsibilitySystem system;
    /** Held while the state moves, so that nobody moves it between reading its head and following from there. */
    private final Object moving = new Object();

    /** Opens the state from the stored lines. */
    StoredLedger(Connection connection, String ledger) throws SQLException {
        this.ledger = ledger;
        this.system = ResponsibilitySystem.open(ledger, after(connection, 0));
        connection.rollback(); // ends the transaction of the reading
    }

    /** The state, for questions. */
    ResponsibilitySystem system() {
        return system;
    }

    /**
     * Enters a batch of acts and does the application's work, both or neither.
     *
     * <p>Handing in the same acts again is safe: the ledger knows their ids. So after a broken connection, when nobody knows
     * whether the commit arrived, call it once more.
     *
     * @param connection with auto-commit off, and no transaction under way
     */
    void enter(Connection connection, OffsetDateTime time, String operator, String acts, Work work) throws SQLException {
        while (true) {
            Head head = system.head();
            try (Prepared prepared = system.prepare(head, time, operator, acts)) {
                if (prepared.lines().isEmpty()) {
                    return;
                }
                if (!insert(connection, head, prepared.lines())) {
                    continue;
                }
                work.in(connection);
                connection.commit();
                synchronized (moving) {
                    system.commit(prepared);
                }
                return;
            } catch (ConflictException moved) {
                // Another thread of this process moved the state: before the batch was prepared, or after it was stored, by
                // following these very lines. Then the next round finds its acts in the ledger.
                follow(connection);
            } catch (SQLException | RuntimeException failed) {
                connection.rollback();
                throw failed;
            }
        }
    }

    /** Takes over what other processes have stored. */
    void follow(Connection connection) throws SQLException {
        synchronized (moving) {
            List<String> lines = after(connection, system.head().position());
            connection.rollback();
            system.follow(lines);
        }
    }

    /** The lines behind a position, in order. */
    List<String> after(Connection connection, long position) throws SQLException {
        List<String> lines = new ArrayList<>();
        String query = "SELECT line_text FROM zeren_line WHERE ledger_id = ? AND line_no > ? ORDER BY line_no";
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, ledger);
            select.setLong(2, position);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
        }
        return lines;
    }

    /** Whether the lines are in; else others were faster, and the state has followed them. */
    private boolean insert(Connection connection, Head head, List<String> lines) throws SQLException {
        try {
            insert(connection, head.position(), lines);
            return true;
        } catch (SQLException failed) {
            connection.rollback();
            if (failed.getSQLState() == null || !failed.getSQLState().startsWith(CONSTRAINT)) {
                throw failed;
            }
            follow(connection);
            if (system.head().equals(head)) {
                throw failed; // nobody was faster: another constraint of the table
            }
            return false;
        }
    }

    private void insert(Connection connection, long position, List<String> lines) throws SQLException {
        String query = "INSERT INTO zeren_line (ledger_id, line_no, line_text) VALUES (?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(query)) {
            long sequence = position;
            for (String line : lines) {
                sequence++;
                insert.setString(1, ledger);
                insert.setLong(2, sequence);
                insert.setString(3, line);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public void close() {
        system.close();
    }
}
