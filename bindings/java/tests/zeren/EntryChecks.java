package zeren;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tables for data entry: written, filled in, read back; what cannot be read is told by its cell. */
final class EntryChecks {
    static final String SCHEME = "{\"kind\":\"scheme\",\"format\":1,\"edition\":\"1\",\"id\":\"办法\",\"version\":\"1\","
            + "\"title\":\"考核办法\",\"year\":2022,\"status\":\"draft\",\"facts\":["
            + "{\"name\":\"场次\",\"kind\":\"count\",\"unit\":\"场\",\"max\":100,\"supplier\":\"宣传部\",\"zero\":\"declared\"},"
            + "{\"name\":\"满意率\",\"kind\":\"number\",\"unit\":\"%\",\"min\":0,\"max\":100,\"supplier\":\"统计局\"},"
            + "{\"name\":\"通报\",\"kind\":\"events\",\"max\":20,\"supplier\":\"督查室\",\"fields\":[{\"name\":\"日期\",\"kind\":\"date\"}]}],"
            + "\"items\":[{\"id\":\"1\",\"title\":\"宣讲\",\"points\":5,"
            + "\"rule\":{\"kind\":\"formula\",\"value\":\"min(5, 场次)\",\"floor\":0,\"cap\":5}}]}";

    private EntryChecks() {}

    static void check() {
        try (Scheme scheme = Scheme.parse(SCHEME)) {
            filled(scheme);
            every(scheme);
            refused(scheme);
            workbook(scheme);
        }
    }

    private static void filled(Scheme scheme) {
        byte[] table = scheme.template("{\"supplier\":\"统计局\",\"subjects\":[{\"id\":\"s-1\",\"name\":\"甲镇\"},"
                + "{\"id\":\"s-2\",\"name\":\"乙镇\",\"facts\":{\"满意率\":93.20}}]}");
        String text = new String(table, StandardCharsets.UTF_8);
        Checks.that(text.startsWith("\uFEFF") && text.contains("s-2,乙镇,93.2\r\n"), text);
        Map<?, ?> entered = entered(scheme, text.replace("s-1,甲镇,", "s-1,甲镇,12.5%"));
        Checks.that(entered.get("content").equals("values") && entered.get("supplier").equals("统计局"), entered.toString());
        Checks.that(Repository.written(entered.get("subjects")).equals("[{\"subject\":\"s-1\",\"facts\":{\"满意率\":\"12.5\"}},"
                + "{\"subject\":\"s-2\",\"facts\":{\"满意率\":\"93.2\"}}]"), entered.toString());
        Checks.that(entered.get("findings").toString().equals("[]"), entered.toString());
    }

    /** The tables that the scheme tells of, and one of an earlier year. */
    private static void every(Scheme scheme) {
        List<?> tables = (List<?>) ((Map<?, ?>) Json.parse(scheme.about())).get("templates");
        Checks.that(tables.toString().equals("[{supplier=宣传部}, {supplier=统计局}, {supplier=督查室, events=通报}]"), tables.toString());
        for (Object table : tables) {
            String members = Repository.written(table).replaceFirst("}$", ",\"subjects\":[{\"id\":\"s-1\"}]}");
            Checks.that(scheme.template(members)[0] == (byte) 0xEF, members);
        }
        String opening = csv(scheme, "{\"supplier\":\"宣传部\",\"opening\":2021,\"subjects\":[{\"id\":\"s-1\"}]}");
        Map<?, ?> entered = entered(scheme, opening.replace("s-1,s-1,", "s-1,s-1,7"));
        Checks.that(entered.get("content").equals("opening") && entered.get("year").toString().equals("2021"), entered.toString());
        Checks.that(Checks.thrown(ZerenException.class, () -> scheme.template("{\"supplier\":\"宣传\",\"subjects\":[]}"))
                .kind().equals("not_found"), "a supplier that the scheme does not have");
    }

    private static void refused(Scheme scheme) {
        String table = csv(scheme, "{\"supplier\":\"宣传部\",\"subjects\":[{\"id\":\"s-1\"},{\"id\":\"s-2\"}]}");
        String bad = table.replace("s-1,s-1,", "s-1,s-1,三").replace("s-2,s-2,", "s-2,s-2,101");
        ZerenException refused = Checks.thrown(ZerenException.class, () -> entered(scheme, bad));
        List<String> cells = new ArrayList<>();
        refused.findings().forEach(finding -> cells.add(finding.pointer()));
        Checks.that(refused.status() == 10 && cells.toString().equals("[C4, C5]"), refused.json());
        byte[] other = table.getBytes(Charset.forName("GB18030"));
        Checks.that(Checks.thrown(ZerenException.class, () -> scheme.readTemplate(other)).getMessage().contains("GB 18030"), "GB");
    }

    /** A workbook holds NUL and is no text; where the library was built without, it says so. */
    private static void workbook(Scheme scheme) {
        String asked = "{\"supplier\":\"统计局\",\"format\":\"xlsx\",\"subjects\":[{\"id\":\"s-1\",\"facts\":{\"满意率\":93.2}}]}";
        if (!Zeren.buildInfo().contains("\"xlsx\"")) {
            ZerenException without = Checks.thrown(ZerenException.class, () -> scheme.template(asked));
            Checks.that(without.code().equals("fact.template_no_xlsx"), without.json());
            return;
        }
        byte[] book = scheme.template(asked);
        Checks.that(book[0] == 'P' && book[1] == 'K', "no workbook");
        Map<?, ?> entered = (Map<?, ?>) Json.parse(scheme.readTemplate(book));
        Checks.that(Repository.written(entered.get("subjects"))
                .equals("[{\"subject\":\"s-1\",\"facts\":{\"满意率\":\"93.2\"}}]"), entered.toString());
    }

    private static String csv(Scheme scheme, String query) {
        return new String(scheme.template(query), StandardCharsets.UTF_8);
    }

    private static Map<?, ?> entered(Scheme scheme, String table) {
        return (Map<?, ?>) Json.parse(scheme.readTemplate(table.getBytes(StandardCharsets.UTF_8)));
    }
}
