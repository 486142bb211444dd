package zeren;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What the package promises: {@code java zeren.Checks} ends with an exception where it does not hold. */
public final class Checks {
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2023-01-04T09:00:00+08:00");

    private Checks() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 0) {
            throw new IllegalArgumentException("no arguments");
        }
        refusals();
        conflict();
        closing();
        texts();
        invalidBytes();
        json();
        columns();
        threads();
        messages();
        Header.check();
        Recorded.check();
        Cases.check();
        FirstCase.check();
        StoreChecks.check();
        EvidenceChecks.check();
        EntryChecks.check();
        PaperChecks.check();
        ProgressChecks.check();
    }

    /** What the library says of itself; and a message is the one that C gives. */
    private static void messages() {
        Zeren.selfTest();
        Map<?, ?> build = (Map<?, ?>) Json.parse(Zeren.buildInfo());
        that(build.get("version").equals(Zeren.version()) && build.get("editions").toString().equals("[1]"));
        that(((List<?>) build.get("features")).contains("capi"));
        byte[] document = Text.bytes("{\"kind\":\"scheme\"}");
        long[] error = new long[1];
        that(Native.zeren_scheme_parse(document, document.length, new long[1], error) != 0);
        String message = Outcome.text((text, none) -> Native.zeren_error_message(new com.sun.jna.Pointer(error[0]), text));
        that(thrown(ZerenException.class, () -> {
            Outcome.check(10, error);
            return null;
        }).getMessage().equals(message.trim()), message);
    }

    private static String founded(String id, String name) {
        return "[{\"act\":\"units.founded\",\"id\":" + Json.quote(id) + ",\"effective\":\"2023-01-01\",\"units\":[{\"id\":"
                + Json.quote(id) + ",\"name\":" + Json.quote(name) + ",\"class\":\"镇\"}]}]";
    }

    /** Code, pointer and every finding, in both languages. */
    private static void refusals() {
        try (ResponsibilitySystem system = ResponsibilitySystem.empty("检查")) {
            ZerenException refused = thrown(ZerenException.class, () -> system.prepare(system.head(), TIME, "u-1",
                    "[{\"act\":\"unit.ended\",\"id\":\"a\",\"effective\":\"2023-01-01\",\"unit\":\"甲\"},"
                            + "{\"act\":\"unit.ended\",\"id\":\"b\",\"effective\":\"2023-01-01\",\"unit\":\"乙\"}]"));
            that(refused.status() == 11 && refused.kind().equals("refused"));
            that(refused.code().equals("act.unknown_reference") && refused.pointer().equals("/acts/0/unit"));
            that(refused.findings().size() == 2 && refused.findings().get(1).pointer().equals("/acts/1/unit"));
            that(refused.findings().get(1).severity().equals("error") && refused.findings().get(1).zh().contains("乙"));
            that(refused.getMessage().contains("甲") && refused.getMessage().split("\n").length == 2);
            that(system.head().position() == 0);
            ZerenException document = thrown(ZerenException.class, () -> system.view("{\"veiw\":1}"));
            that(document.status() == 10 && document.pointer() != null);
        }
        ZerenException other = thrown(ZerenException.class, () -> Scheme.parse("{}"));
        that(other.status() == 15 && other.pointer().equals("/kind"));
        that(thrown(ZerenException.class, () -> Zeren.schema("act ")).status() == 13);
        that(Zeren.schema("act").startsWith("{") && !Zeren.version().isEmpty());
    }

    /** Another node was faster: the batch is refused, and after following it can be prepared again. */
    private static void conflict() {
        List<String> stored = new ArrayList<>();
        try (ResponsibilitySystem one = ResponsibilitySystem.empty("检查");
                ResponsibilitySystem two = ResponsibilitySystem.empty("检查");
                Prepared late = two.prepare(two.head(), TIME, "u-2", founded("b", "乙镇"))) {
            try (Prepared first = one.prepare(one.head(), TIME, "u-1", founded("a", "甲镇"))) {
                stored.addAll(first.lines());
                one.commit(first);
            }
            two.follow(stored);
            that(thrown(ConflictException.class, () -> {
                two.commit(late);
                return null;
            }).status() == 12);
            try (Prepared again = two.prepare(two.head(), TIME, "u-2", founded("b", "乙镇"));
                    Prepared repeated = two.prepare(two.head(), TIME, "u-1", founded("a", "甲镇"))) {
                that(repeated.lines().isEmpty() && repeated.receipts().contains("\"repeated\":true"));
                stored.addAll(again.lines());
                two.commit(again);
            }
            one.follow(stored.subList(1, 2));
            that(one.head().equals(two.head()) && one.head().equals(Zeren.verify("检查", stored)));
        }
    }

    /** Closed is closed, twice does no harm, and the order does not matter. */
    private static void closing() {
        ResponsibilitySystem system = ResponsibilitySystem.empty("检查");
        Prepared prepared = system.prepare(system.head(), TIME, "u-1", founded("a", "甲镇"));
        system.close();
        system.close();
        that(prepared.receipts().contains("\"position\":1"));
        prepared.close();
        prepared.close();
        thrown(IllegalStateException.class, system::head);
        thrown(IllegalStateException.class, prepared::receipts);
    }

    /** Nothing is changed on the way: characters outside of the first plane, a NUL, line separators that end no line. */
    private static void texts() {
        try (ResponsibilitySystem system = ResponsibilitySystem.empty("检查")) {
            String name = "䶮㙍𬱖𫘦𨱔\u2028\u0085\u0000镇";
            try (Prepared prepared = system.prepare(system.head(), TIME, "u-1", founded("a", name))) {
                that(prepared.lines().size() == 1);
                system.commit(prepared);
            }
            String seen = system.view("{\"view\":\"unit\",\"day\":\"2023-06-30\",\"unit\":\"a\"}");
            that(name.equals(((Map<?, ?>) Json.parse(seen)).get("name")));
            that(Zeren.checkText(name).equals("[]"));
            that(Zeren.checkText("张\uE863").contains("U+4DAE"));
            IllegalArgumentException cut = thrown(IllegalArgumentException.class,
                    () -> system.prepare(system.head(), TIME, "u-1", founded("b", "𬱖".substring(0, 1))));
            that(cut.getMessage().contains("half of a surrogate pair at "));
        }
    }

    /** Bytes that are no UTF-8, through the parameters that take text: refused with the place of the first bad byte. */
    private static void invalidBytes() throws ReflectiveOperationException {
        byte[] bad = {'{', '}', (byte) 0xCD, (byte) 0xF2};
        int tried = 0;
        try (ResponsibilitySystem system = ResponsibilitySystem.empty("检查");
                Year year = new Year();
                Scheme scheme = Scheme.parse(SCHEME);
                Progress progress = new Progress()) {
            for (java.lang.reflect.Method method : Native.class.getDeclaredMethods()) {
                if (method.getName().matches("zeren_(table|scored)_.*")) {
                    continue; // their arrays of bytes are not all text; the Python tests try them
                }
                Class<?>[] types = method.getParameterTypes();
                for (int text = 0; text < types.length; text++) {
                    // A filled table and a snapshot are files and no text.
                    boolean file = method.getName().equals("zeren_scheme_read_template")
                            || method.getName().equals("zeren_system_open_snapshot") && text > 0;
                    if (types[text] == byte[].class && !file) {
                        refusesBytes(method, text, bad, system, scheme, year, progress);
                        tried++;
                    }
                }
            }
        }
        that(tried >= 40, tried + " texts");
    }

    private static void refusesBytes(java.lang.reflect.Method method, int text, byte[] bad, ResponsibilitySystem system,
            Scheme scheme, Year year, Progress progress) throws ReflectiveOperationException {
        Class<?>[] types = method.getParameterTypes();
        byte[] good = {'a'};
        Object[] arguments = new Object[types.length];
        long[] error = new long[1];
        for (int i = 0; i < types.length; i++) {
            if (types[i] == byte[].class) {
                arguments[i] = i == text ? bad : good;
            } else if (types[i] == long.class) {
                arguments[i] = arguments[i - 1] instanceof byte[] ? (long) ((byte[]) arguments[i - 1]).length : 1L;
            } else if (types[i] == long[].class) {
                arguments[i] = i == types.length - 1 ? error : new long[2];
            }
        }
        // Handles in the order in which the functions take them; a counter comes last.
        String name = method.getName();
        int status = system.handle.use(state -> scheme.handle.use(rules -> year.handle.use(round -> progress.handle.use(counter -> {
            List<com.sun.jna.Pointer> handles = new ArrayList<>();
            if (name.startsWith("zeren_year_")) {
                Collections.addAll(handles, round, state, rules);
            } else if (name.startsWith("zeren_scheme_")) {
                Collections.addAll(handles, rules, name.endsWith("_watched") ? counter : rules);
            } else if (!name.startsWith("zeren_ledger_")) {
                Collections.addAll(handles, state, name.endsWith("_watched") ? counter : rules);
            }
            handles.add(counter);
            java.util.Iterator<com.sun.jna.Pointer> next = handles.iterator();
            for (int i = 0; i < types.length; i++) {
                if (types[i] == com.sun.jna.Pointer.class) {
                    arguments[i] = next.next();
                }
            }
            try {
                return (Integer) method.invoke(null, arguments);
            } catch (ReflectiveOperationException broken) {
                throw new IllegalStateException(broken);
            }
        }))));
        ZerenException refused = thrown(ZerenException.class, () -> {
            Outcome.check(status, error);
            return null;
        });
        that(refused.status() == 22 && refused.code().equals("capi.not_utf8") && refused.getMessage().contains("第 2 字节"), name);
    }

    /** Columns give what the sheets of single subjects give; what is unknown is left to a sheet. */
    private static void columns() {
        try (Scheme scheme = Scheme.parse(SCHEME); Columns columns = scheme.columns(); Table table = columns.table(4)) {
            thrown(ZerenException.class, table::score);
            table.numbers("场次", new long[] {3, 9, 0, 7}, 0, new byte[] {Table.KNOWN, Table.KNOWN, Table.KNOWN, Table.UNKNOWN});
            try (Scored scored = table.score()) {
                Scored.Points total = scored.total();
                for (int row = 0; row < 3; row++) {
                    String sheet = scheme.score("{\"kind\":\"facts\",\"format\":1,\"subject\":\"s\",\"scheme\":\"s\",\"facts\":{\"场次\":"
                            + new long[] {3, 9, 0}[row] + "}}");
                    Map<?, ?> points = (Map<?, ?>) ((Map<?, ?>) Json.parse(sheet)).get("total");
                    BigDecimal exact = new BigDecimal(points.get("lowest").toString());
                    that(total.round(row, 3, RoundingMode.UNNECESSARY).compareTo(exact) == 0);
                    that(scored.points("1").numerators[row] == total.numerators[row]);
                }
                that(java.util.Arrays.equals(scored.bySheet(), new boolean[] {false, false, false, true}));
                that(total.numerators[3] == Scored.SEE_SHEET && scored.sheet(3).contains("\"highest\":\"5\""));
                thrown(IllegalStateException.class, () -> total.round(3, 2, RoundingMode.HALF_UP));
                that(thrown(ZerenException.class, () -> scored.points("2")).status() == 13);
                that(thrown(ZerenException.class, scored::grade).status() == 13);
            }
            that(table.sheet(1).contains("\"1\""));
            that(thrown(ZerenException.class, () -> table.days("场次", new int[] {20230331}, null)).status() == 11);
            thrown(IllegalArgumentException.class, () -> table.numbers("场次", new long[4], 0, new byte[3]));
        }
        try (Scheme scheme = Scheme.parse(EVENTS); Columns columns = scheme.columns(); Table table = columns.table(3)) {
            // The first has two events of one matter, the second none, the third one in the sixth month.
            table.events("通报", new long[] {2, 2, 3}, null).words("通报/级别", new int[] {0, 1, 0}, null)
                    .texts("通报/事项", new String[] {"𬱖村", "𬱖村", "䶮"}, null).days("通报/日期", new int[] {20230301, 20230302, 20230630}, null)
                    .truths("公开", new boolean[] {true, false, true}, null)
                    .cohorts(new int[] {0, 0, 1}).parents(new long[] {-1, 0, 0});
            try (Scored scored = table.score()) {
                that(java.util.Arrays.equals(scored.total().numerators, new long[] {8 * scored.total().per, 0, 9 * scored.total().per}));
            }
        }
    }

    private static final String EVENTS = "{\"kind\":\"scheme\",\"format\":1,\"edition\":\"1\",\"id\":\"e\",\"version\":\"1\","
            + "\"title\":\"示例\",\"year\":2023,\"status\":\"draft\",\"facts\":[{\"name\":\"公开\",\"kind\":\"yes_no\"},"
            + "{\"name\":\"通报\",\"kind\":\"events\",\"max\":9,\"fields\":[{\"name\":\"级别\",\"kind\":\"choice\",\"words\":[\"省级\",\"市级\"]},"
            + "{\"name\":\"事项\",\"kind\":\"matter\"},{\"name\":\"日期\",\"kind\":\"date\"}]}],"
            + "\"items\":[{\"id\":\"1\",\"title\":\"宣讲\",\"points\":10,\"rule\":{\"kind\":\"formula\",\"value\":\"公开 ? 10 - count(通报) : 0\"}}]}";

    private static final String SCHEME = "{\"kind\":\"scheme\",\"format\":1,\"edition\":\"1\",\"id\":\"s\",\"version\":\"1\","
            + "\"title\":\"示例\",\"year\":2023,\"status\":\"draft\",\"facts\":[{\"name\":\"场次\",\"kind\":\"count\",\"max\":9}],"
            + "\"items\":[{\"id\":\"1\",\"title\":\"宣讲\",\"points\":5,\"rule\":{\"kind\":\"formula\",\"value\":\"min(5, 场次)\"}}]}";

    private static void json() {
        String text = "\"\\\n\t\u0001中𬱖/";
        that(text.equals(Json.parse(Json.quote(text))));
        that("\"\\/\b\f\n\r\t中".equals(Json.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u4e2d\"")));
        that(Json.parse(" {\"a\" : [1, -2.50, true, false, null, {}, []]} ").toString()
                .equals("{a=[1, -2.50, true, false, null, {}, []]}"));
        for (String broken : new String[] {"", "{", "[1", "\"a", "\"\\u12", "tru", "1 2", "{\"a\" 1}", "-"}) {
            thrown(RuntimeException.class, () -> Json.parse(broken));
        }
    }

    /** Eight threads ask one system while it is closed: each call answers or is told so, and nothing crashes. */
    private static void threads() throws Exception {
        for (int round = 0; round < 20; round++) {
            ResponsibilitySystem system = ResponsibilitySystem.empty("检查");
            try (Prepared prepared = system.prepare(system.head(), TIME, "u-1", founded("a", "甲镇"))) {
                system.commit(prepared);
            }
            String wanted = system.view("units", LocalDate.of(2023, 6, 30));
            ExecutorService pool = Executors.newFixedThreadPool(8);
            List<Callable<Boolean>> asking = Collections.nCopies(8, () -> {
                for (int i = 0; i < 100; i++) {
                    try {
                        if (!system.view("units", LocalDate.of(2023, 6, 30)).equals(wanted)) {
                            return false;
                        }
                    } catch (IllegalStateException closed) {
                        return closed.getMessage().equals("it is closed");
                    }
                }
                return true;
            });
            List<Future<Boolean>> asked = new ArrayList<>();
            asking.forEach(call -> asked.add(pool.submit(call)));
            system.close();
            for (Future<Boolean> answer : asked) {
                that(answer.get());
            }
            pool.shutdown();
            that(pool.awaitTermination(10, TimeUnit.SECONDS));
        }
    }

    static <T extends Exception> T thrown(Class<T> type, Callable<?> call) {
        try {
            call.call();
        } catch (Exception caught) {
            if (type.isInstance(caught)) {
                return type.cast(caught);
            }
            throw new AssertionError("not a " + type.getName(), caught);
        }
        throw new AssertionError("nothing was thrown");
    }

    static void that(boolean holds) {
        that(holds, "");
    }

    static void that(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
