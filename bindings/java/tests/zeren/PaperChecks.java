package zeren;

import java.time.LocalDate;
import java.time.OffsetDateTime;

/** Papers: of an earlier position they stay what they were, and what is not for an audience is refused. */
final class PaperChecks {
    private static final LocalDate DAY = LocalDate.of(2022, 12, 31);
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2023-01-04T09:00:00+08:00");
    private static final String SCHEME = "{\"kind\":\"scheme\",\"format\":1,\"edition\":\"1\",\"id\":\"s-1\",\"version\":\"1\","
            + "\"title\":\"办法<b>\",\"year\":2022,\"status\":\"draft\",\"facts\":[{\"name\":\"场次\",\"kind\":\"count\",\"max\":9}],"
            + "\"items\":[{\"id\":\"1\",\"title\":\"项\",\"points\":5,\"rule\":{\"kind\":\"all_or_nothing\",\"when\":\"场次 > 1\"}}]}";
    private static final String ACTS = "[{\"act\":\"units.founded\",\"id\":\"u\",\"effective\":\"2022-01-01\",\"units\":["
            + "{\"id\":\"甲\",\"name\":\"甲镇\",\"class\":\"镇\"}]},"
            + "{\"act\":\"subjects.registered\",\"id\":\"s\",\"effective\":\"2022-01-01\",\"subjects\":["
            + "{\"id\":\"s-甲\",\"name\":\"甲镇\",\"class\":\"镇\",\"units\":[\"甲\"]}]},"
            + "{\"act\":\"roster.adopted\",\"id\":\"r\",\"effective\":\"2022-01-01\",\"scheme\":\"s-1\",\"subjects\":[\"s-甲\"]}]";
    private static final String FACTS = "[{\"act\":\"facts.recorded\",\"id\":\"f\",\"effective\":\"2022-12-31\",\"scheme\":\"s-1\","
            + "\"subject\":\"s-甲\",\"facts\":{\"场次\":2}}]";

    private PaperChecks() {}

    static void check() {
        try (ResponsibilitySystem system = ResponsibilitySystem.empty("示例新区"); Scheme scheme = Scheme.parse(SCHEME)) {
            enter(system, ACTS);
            forms(system, scheme);
            earlier(system, scheme);
            refused(system, scheme);
        }
    }

    private static void enter(ResponsibilitySystem system, String acts) {
        try (Prepared prepared = system.prepare(system.head(), TIME, "u-17", acts)) {
            system.commit(prepared);
        }
    }

    private static void forms(ResponsibilitySystem system, Scheme scheme) {
        Paper paper = system.paper("missing_data", DAY, scheme, " {\"number\":\"示考〔2022〕1号\",\"issuer\":\"考核办公室\"}");
        Checks.that(paper.data().contains("\"title\":\"《办法<b>》缺报数据清单\""), paper.data());
        Checks.that(paper.markdown().contains("| 1 | 甲镇 | 场次 | 未规定 |  |"), paper.markdown());
        Checks.that(paper.html().startsWith("<!DOCTYPE html>") && paper.html().contains("办法&lt;b&gt;"), paper.html());
        String one = system.paper("{\"kind\":\"missing_data\",\"day\":\"2022-12-31\",\"format\":\"html\","
                + "\"number\":\"示考〔2022〕1号\",\"issuer\":\"考核办公室\"}", scheme);
        Checks.that(one.equals(paper.html()), "one form is another than of three");
    }

    private static void earlier(ResponsibilitySystem system, Scheme scheme) {
        long known = system.head().position();
        Paper before = system.paper("missing_data", DAY, scheme, "{}");
        enter(system, FACTS);
        Paper after = system.paper("missing_data", DAY, scheme, "{}");
        Checks.that(after.markdown().contains("没有缺报"), after.markdown());
        Paper again = system.paper("missing_data", DAY, known, scheme, "{}");
        Checks.that(again.data().equals(before.data()) && again.html().equals(before.html()), again.markdown());
    }

    private static void refused(ResponsibilitySystem system, Scheme scheme) {
        Checks.that(system.paper("duty_report", DAY, null, "{\"unit\":\"甲\"}").markdown().contains("甲镇"), "no report");
        refused("refused", () -> system.paper("duty_report", DAY, null, "{\"unit\":\"甲\",\"audience\":{\"who\":\"public\"}}"));
        refused("document", () -> system.paper("duty_report", DAY, null, "{\"unit\":\"甲\",\"audience\":{\"who\":\"subject\"}}"));
        refused("document", () -> system.paper("missing_data", DAY, null, "{}"));
        // What is no object, or names again what the call names, is the library's to refuse.
        for (String more : new String[] {"", "[]", "null", "{", "{}}", "{\"kind\":\"letter\"}", "{\"known\":1}"}) {
            refused("document", () -> system.paper("missing_data", DAY, scheme, more));
        }
    }

    private static void refused(String kind, java.util.concurrent.Callable<?> call) {
        ZerenException refused = Checks.thrown(ZerenException.class, call);
        Checks.that(refused.kind().equals(kind), refused.json());
    }
}
