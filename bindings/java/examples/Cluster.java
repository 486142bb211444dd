import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import zeren.Head;
import zeren.ResponsibilitySystem;
import zeren.Zeren;

/**
 * Two processes, the one with several threads, share a ledger in a real database: {@code two-nodes.sh} runs it. Each thread
 * enters its batches, and now and then throws a transaction away, ends between the two commits or breaks a key of its own; in
 * the end everybody must stand at the same place.
 */
public final class Cluster {
    private static final String LEDGER = "示例新区";
    private static final LocalDate DAY = LocalDate.of(2023, 6, 30);
    /** How many processes there are. */
    private static final int NODES = 2;
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2023-01-04T09:00:00+08:00");

    private final Connection connection;
    private final String name;
    private final Random random;

    private Cluster(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
        this.random = new Random(name.hashCode());
    }

    public static void main(String[] arguments) throws Exception {
        String url = arguments[1];
        switch (arguments[0]) {
            case "tables":
                tables(url, new String(Files.readAllBytes(Paths.get(arguments[2])), StandardCharsets.UTF_8));
                break;
            case "node":
                node(url, arguments[2], Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
                break;
            case "check":
                check(url, Integer.parseInt(arguments[2]));
                break;
            default:
                throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static Connection connect(String url) throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        connection.setAutoCommit(false);
        return connection;
    }

    private static void tables(String url, String ddl) throws SQLException {
        try (Connection connection = connect(url); Statement statement = connection.createStatement()) {
            statement.execute(ddl);
            statement.execute("CREATE TABLE form (id text PRIMARY KEY)");
            statement.execute("CREATE TABLE stands (node text PRIMARY KEY, head text NOT NULL, state text NOT NULL)");
            connection.commit();
        }
    }

    /** A transaction that is thrown away on purpose, as an application does when its own checks fail. */
    private static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A process: threads that share a state, each with a connection of its own, as behind a pool. */
    private static void node(String url, String node, int batches, int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Connection connection = connect(url); StoredLedger ledger = new StoredLedger(connection, LEDGER)) {
            List<Future<String>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String name = node + "." + thread;
                int own = batches / threads + (thread < batches % threads ? 1 : 0);
                running.add(pool.submit(() -> {
                    try (Connection its = connect(url)) {
                        return new Cluster(its, name).work(ledger, own);
                    }
                }));
            }
            for (Future<String> done : running) {
                System.out.println(done.get());
            }
            stand(connection, ledger, node);
        } finally {
            pool.shutdownNow();
        }
    }

    private String work(StoredLedger ledger, int batches) throws SQLException {
        int thrown = 0;
        int ended = 0;
        for (int batch = 0; batch < batches; batch++) {
            String id = name + "-" + batch;
            String acts = acts(id, 1 + random.nextInt(3));
            while (random.nextInt(5) == 0) {
                thrown++;
                throwAway(ledger, acts, in -> form(in, id));
            }
            if (batch == 7 || random.nextInt(1000) == 0) {
                ended++;
                endBetweenCommits(acts, id);
            }
            ledger.enter(connection, TIME, name, acts, in -> form(in, id));
            if (batch % 1000 == 0) {
                ownViolation(ledger, id);
            }
        }
        return name + ": " + batches + " batches, " + thrown + " thrown away, " + ended + " ended between the commits";
    }

    /** The application's own checks fail, so it throws the transaction away. */
    private void throwAway(StoredLedger ledger, String acts, StoredLedger.Work work) throws SQLException {
        try {
            ledger.enter(connection, TIME, name, acts, in -> {
                work.in(in);
                throw new Thrown();
            });
        } catch (Thrown onPurpose) {
            return;
        }
        throw new IllegalStateException("a batch that was thrown away has happened");
    }

    /** A process ends after the database's commit and before the state's; whoever hands the batch in again finds it done. */
    private void endBetweenCommits(String acts, String id) throws SQLException {
        try (StoredLedger ending = new StoredLedger(connection, LEDGER)) {
            ending.enter(connection, TIME, name, acts, in -> {
                form(in, id);
                in.commit();
                throw new Thrown();
            });
        } catch (Thrown afterTheCommit) {
            return;
        }
        throw new IllegalStateException("the end did not come");
    }

    /** A key of the application's own that stands already is the application's to hear of, and nothing has happened. */
    private void ownViolation(StoredLedger ledger, String taken) throws SQLException {
        try {
            ledger.enter(connection, TIME, name, acts(taken + "-never", 1), in -> form(in, taken));
        } catch (SQLException violation) {
            that(violation.getSQLState().equals("23505"), violation.toString());
            return;
        }
        throw new IllegalStateException("two forms of the same id");
    }

    /** Waits for the others, follows to the end, and writes down what is seen there. */
    private static void stand(Connection connection, StoredLedger ledger, String node) throws Exception {
        update(connection, "INSERT INTO stands VALUES (?, '', '')", node);
        connection.commit();
        while (!query(connection, "SELECT count(*) FROM stands").equals(String.valueOf(NODES))) {
            connection.rollback();
            Thread.sleep(50);
        }
        ledger.follow(connection);
        ResponsibilitySystem system = ledger.system();
        update(connection, "UPDATE stands SET head = ?, state = ? WHERE node = ?", system.head().toString(), state(system), node);
        connection.commit();
    }

    /** One unbroken chain, every batch once, the application's rows beside it, and all nodes where a replay leads. */
    private static void check(String url, int batches) throws SQLException {
        try (Connection connection = connect(url); StoredLedger replayed = new StoredLedger(connection, LEDGER)) {
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
