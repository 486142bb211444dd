package zeren;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Cases of tests/cases that need nothing computed first: papers to the golden byte, answers of a year, errors. */
final class Cases {
    private Cases() {}

    static void check() {
        int papers = 0;
        int years = 0;
        for (String folder : new String[] {"papers", "year"}) {
            for (Path file : Repository.listed("tests/cases/" + folder, ".json")) {
                Map<?, ?> document = (Map<?, ?>) Json.parse(Repository.text(file));
                Object after = document.get("after");
                boolean asks = folder.equals("papers") || ((Map<?, ?>) document.get("when")).containsKey("year");
                if (!asks || after == null || !Stage.plain(document) || !Stage.holds(folder + "/given", after.toString())) {
                    continue;
                }
                try (Stage stage = new Stage()) {
                    stage.enter(folder + "/given", after.toString());
                    if (document.get("given") != null) {
                        stage.take((List<?>) document.get("given"));
                    }
                    String name = folder + "/" + file.getFileName();
                    if (folder.equals("papers")) {
                        paper(name, stage, document);
                        papers++;
                    } else {
                        year(name, stage, document);
                        years++;
                    }
                }
            }
        }
        Checks.that(papers >= 6 && years >= 12, papers + " papers and " + years + " answers of a year were compared");
        theComparisonFails();
    }

    private static void paper(String name, Stage stage, Map<?, ?> document) {
        Scheme scheme = stage.schemes.get(String.valueOf(document.get("scheme")));
        Map<?, ?> request = (Map<?, ?>) document.get("request");
        Map<?, ?> then = (Map<?, ?>) document.get("then");
        if (then.get("errors") != null) {
            String asked = Repository.written(request);
            refused(name, (List<?>) then.get("errors"), () -> stage.system.paper(asked, scheme));
            return;
        }
        String golden = Repository.text("tests/cases/papers/golden/" + then.get("paper"));
        Map<Object, Object> more = new java.util.LinkedHashMap<>(request);
        String kind = more.remove("kind").toString();
        LocalDate day = LocalDate.parse(more.remove("day").toString());
        Checks.that(!more.containsKey("known"), name + ": a case with known goes by paper(kind, day, known, …)");
        Paper paper = stage.system.paper(kind, day, scheme, Repository.written(more));
        Checks.that(paper.markdown().equals(golden) && paper.toString().equals(golden), name + ": " + paper.markdown());
        Checks.that(((Map<?, ?>) Json.parse(paper.data())).get("kind").equals(kind), name + ": " + paper.data());
        Checks.that(paper.html().startsWith("<!DOCTYPE html>"), name + ": " + paper.html());
    }

    private static void year(String name, Stage stage, Map<?, ?> document) {
        Map<?, ?> when = (Map<?, ?>) document.get("when");
        Map<?, ?> then = (Map<?, ?>) document.get("then");
        Scheme scheme = stage.schemes.get(when.get("year").toString());
        String query = Repository.written(when.get("query"));
        try (Year year = new Year(); Progress progress = new Progress()) {
            if (when.get("first") != null) {
                String day = ((Map<?, ?>) when.get("query")).get("day").toString();
                ((List<?>) when.get("first")).forEach(id ->
                        year.assess(stage.system, stage.schemes.get(id.toString()), LocalDate.parse(day)));
            }
            if (then.get("errors") != null) {
                refused(name, (List<?>) then.get("errors"), () -> year.assess(stage.system, scheme, query));
                return;
            }
            String said = year.assess(stage.system, scheme, query);
            Checks.that(said.equals(year.assess(stage.system, scheme, query, progress)), name + ": counted, it is another");
            Object answer = Json.parse(said);
            if (then.get("answer") != null) {
                String difference = difference(answer, then.get("answer"), "");
                Checks.that(difference == null, name + ": " + difference);
            } else {
                List<?> found = (List<?>) (answer instanceof Map ? ((Map<?, ?>) answer).get("findings") : answer);
                Checks.that(told(found, "subject").equals(told((List<?>) then.get("findings"), "subject")), name + ": " + found);
            }
        }
    }

    private static void refused(String name, List<?> errors, java.util.concurrent.Callable<?> call) {
        ZerenException refused = Checks.thrown(ZerenException.class, call);
        List<?> found = (List<?>) ((Map<?, ?>) Json.parse(refused.json())).get("findings");
        Checks.that(told(found, "pointer").equals(told(errors, "pointer")), name + ": " + refused.json());
    }

    /** Findings by code and place. */
    private static List<String> told(List<?> findings, String place) {
        List<String> told = new ArrayList<>();
        findings.forEach(one -> told.add(((Map<?, ?>) one).get("code") + " " + ((Map<?, ?>) one).get(place)));
        return told;
    }

    /** Where a value does not hold what is written, or null: objects may hold more, lists may not. */
    private static String difference(Object found, Object written, String at) {
        if (found instanceof Map && written instanceof Map) {
            for (Map.Entry<?, ?> member : ((Map<?, ?>) written).entrySet()) {
                Object inner = ((Map<?, ?>) found).get(member.getKey());
                String difference = difference(inner, member.getValue(), at + "/" + member.getKey());
                if (difference != null) {
                    return difference;
                }
            }
            return null;
        }
        if (found instanceof List && written instanceof List && ((List<?>) found).size() == ((List<?>) written).size()) {
            Iterator<?> items = ((List<?>) found).iterator();
            int index = 0;
            for (Object item : (List<?>) written) {
                String difference = difference(items.next(), item, at + "/" + index++);
                if (difference != null) {
                    return difference;
                }
            }
            return null;
        }
        if (found instanceof BigDecimal && written instanceof BigDecimal) {
            return ((BigDecimal) found).compareTo((BigDecimal) written) == 0 ? null : at + ": " + found;
        }
        boolean same = found == null ? written == null : found.equals(written);
        return same ? null : at + ": found " + found + ", written " + written;
    }

    private static void theComparisonFails() {
        Object found = Json.parse("{\"a\":[1,{\"b\":\"c\"}],\"d\":null}");
        for (String other : new String[] {"{\"a\":[1]}", "{\"a\":[2,{}]}", "{\"a\":[1,{\"b\":\"d\"}]}", "{\"d\":1}", "{\"e\":true}", "[]"}) {
            Checks.that(difference(found, Json.parse(other), "") != null, other + " is taken for the same");
        }
        Checks.that(difference(found, Json.parse("{\"a\":[1.0,{}],\"e\":null}"), "") == null, "what holds is taken for another");
    }
}
