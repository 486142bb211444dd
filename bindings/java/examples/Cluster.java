import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import zeren.Head;
import zeren.ResponsibilitySystem;
import zeren.Zeren;

/**
 * Several processes share a ledger in a real database: {@code two-nodes.sh} runs it. Each node enters its batches, and now and
 * then throws a transaction away or forgets to commit its state; in the end everybody must stand at the same place.
 */
public final class Cluster {
    private static final String LEDGER = "示例新区";
    private static final LocalDate DAY = LocalDate.of(2023, 6, 30);
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2023-01-04T09:00:00+08:00");

    private Cluster() {}

    public static void main(String[] arguments) throws Exception {
        try (Connection connection = DriverManager.getConnection(arguments[1])) {
            switch (arguments[0]) {
                case "tables":
                    tables(connection);
                    break;
                case "node":
                    connection.setAutoCommit(false);
                    node(connection, arguments[2], Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
                    break;
                case "check":
                    connection.setAutoCommit(false);
                    check(connection, Integer.parseInt(arguments[2]));
                    break;
                default:
                    throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    private static void tables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE zeren_line (ledger text NOT NULL, seq bigint NOT NULL, line text NOT NULL,"
                    + " PRIMARY KEY (ledger, seq))");
            statement.execute("CREATE TABLE form (id text PRIMARY KEY)");
            statement.execute("CREATE TABLE stands (node text PRIMARY KEY, head text NOT NULL, state text NOT NULL)");
        }
    }

    /** A transaction that is thrown away on purpose, as an application does when its own checks fail. */
    private static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static void node(Connection connection, String node, int batches, int nodes) throws Exception {
        Random random = new Random(node.hashCode());
        int thrown = 0;
        int restarts = 0;
        StoredLedger ledger = new StoredLedger(connection, LEDGER);
        for (int batch = 0; batch < batches; batch++) {
            String id = node + "-" + batch;
            String acts = acts(id, 1 + random.nextInt(3));
            while (random.nextInt(5) == 0) {
                thrown++;
                try {
                    ledger.enter(connection, TIME, node, acts, in -> {
                        form(in, id);
                        throw new Thrown();
                    });
                    throw new IllegalStateException("a batch that was thrown away has happened");
                } catch (Thrown onPurpose) {
                    // Nothing has happened.
                }
            }
            if (random.nextInt(500) == 0) {
                // The process ends between the database's commit and the state's: the next one opens from the lines.
                restarts++;
                try {
                    ledger.enter(connection, TIME, node, acts, in -> {
                        form(in, id);
                        in.commit();
                        throw new Thrown();
                    });
                } catch (Thrown afterTheCommit) {
                    ledger.close();
                    ledger = new StoredLedger(connection, LEDGER);
                }
            }
            ledger.enter(connection, TIME, node, acts, in -> form(in, id));
            if (batch % 1000 == 0) {
                ownViolation(connection, ledger, node, id);
            }
        }
        System.out.println(node + ": " + batches + " batches, " + thrown + " thrown away, " + restarts + " restarts");
        stand(connection, ledger, node, nodes);
        ledger.close();
    }

    /** A key of the application's own that stands already is the application's to hear of, and nothing has happened. */
    private static void ownViolation(Connection connection, StoredLedger ledger, String node, String taken)
            throws SQLException {
        try {
            ledger.enter(connection, TIME, node, acts(taken + "-never", 1), in -> form(in, taken));
        } catch (SQLException violation) {
            that(violation.getSQLState().equals("23505"), violation.toString());
            return;
        }
        throw new IllegalStateException("two forms of the same id");
    }

    /** Waits for the others, follows to the end, and writes down what is seen there. */
    private static void stand(Connection connection, StoredLedger ledger, String node, int nodes) throws Exception {
        update(connection, "INSERT INTO stands VALUES (?, '', '')", node);
        connection.commit();
        while (!query(connection, "SELECT count(*) FROM stands").equals(String.valueOf(nodes))) {
            connection.rollback();
            Thread.sleep(50);
        }
        ledger.follow(connection);
        ResponsibilitySystem system = ledger.system();
        update(connection, "UPDATE stands SET head = ?, state = ? WHERE node = ?", system.head().toString(), state(system), node);
        connection.commit();
    }

    /** One unbroken chain, every batch once, the application's rows beside it, and all nodes where a replay leads. */
    private static void check(Connection connection, int batches) throws SQLException {
        try (StoredLedger replayed = new StoredLedger(connection, LEDGER)) {
            List<String> lines = replayed.after(connection, 0);
            Head head = Zeren.verify(LEDGER, lines);
            that(head.position() == lines.size(), "gaps");
            that(head.equals(replayed.system().head()), "the replay ends elsewhere");
            Set<String> ids = new HashSet<>();
            for (String line : lines) {
                int at = line.indexOf("\"id\":\"") + 6;
                that(ids.add(line.substring(at, line.indexOf('"', at))), "an act stands twice");
            }
            ids.removeIf(id -> !id.endsWith("/0"));
            that(ids.size() == batches, ids.size() + " batches");
            that(query(connection, "SELECT count(*) FROM form").equals(String.valueOf(batches)), "forms");
            String same = "SELECT count(DISTINCT (head, state)) FROM stands";
            that(query(connection, same).equals("1"), "the nodes differ");
            that(query(connection, "SELECT max(head) FROM stands").equals(head.toString()), "the nodes stand elsewhere");
            that(query(connection, "SELECT max(state) FROM stands").equals(state(replayed.system())), "states differ");
            System.out.println("one chain of " + lines.size() + " lines, " + batches + " batches; all states are equal");
        }
    }

    private static String state(ResponsibilitySystem system) {
        return system.view("units", DAY);
    }

    /** A batch: the founding of some villages, an act each. */
    private static String acts(String id, int count) {
        StringBuilder acts = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            String own = id + "/" + i;
            acts.append(i == 0 ? "" : ",").append("{\"act\":\"units.founded\",\"id\":\"").append(own)
                    .append("\",\"effective\":\"2023-01-01\",\"units\":[{\"id\":\"").append(own)
                    .append("\",\"name\":\"䶮㙍𬱖𫘦𨱔村\",\"class\":\"村\"}]}");
        }
        return acts.append("]").toString();
    }

    private static void form(Connection connection, String id) throws SQLException {
        update(connection, "INSERT INTO form VALUES (?)", id);
    }

    private static void update(Connection connection, String update, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static String query(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void that(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
