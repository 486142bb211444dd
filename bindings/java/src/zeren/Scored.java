package zeren;

import com.sun.jna.Pointer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** The results of a table, as it was when it was scored: a value a row. */
public final class Scored implements AutoCloseable {
    /** Stands where there is no single number, or none that fits: see the row's sheet. */
    public static final long SEE_SHEET = Long.MIN_VALUE;

    /** Exact points: {@code numerators[row]} over {@code denominators[row]}, and over {@link #per}. */
    public static final class Points {
        /** What all of them are over: 100 where they are hundredths. */
        public final long per;
        /** A whole number a row; {@link Scored#SEE_SHEET} where there is none. */
        public final long[] numerators;
        /** 1 in every row, unless the columns say that there are fractions. */
        public final long[] denominators;

        private Points(int rows, long per) {
            this.per = per;
            numerators = new long[rows];
            denominators = new long[rows];
        }

        /**
         * The points of a row, rounded as the caller says and once.
         *
         * @throws IllegalStateException where there is no single number
         */
        public BigDecimal round(int row, int places, RoundingMode mode) {
            if (numerators[row] == SEE_SHEET) {
                throw new IllegalStateException("row " + row + " has no single number; see its sheet");
            }
            BigDecimal below = BigDecimal.valueOf(denominators[row]).multiply(BigDecimal.valueOf(per));
            return BigDecimal.valueOf(numerators[row]).divide(below, places, mode);
        }
    }

    private final Handle handle;
    private final int rows;
    private final List<?> results;

    Scored(long[] scored, int rows, List<?> results) {
        this.handle = new Handle(scored, Native::zeren_scored_free);
        this.rows = rows;
        this.results = results;
    }

    /** The points of an item, bonus or penalty; penalties are negative. */
    public Points points(String item) {
        byte[] bytes = Text.bytes(item);
        Points points = new Points(rows, per("points", item));
        ask((scored, error) -> Native.zeren_scored_points(
                scored, bytes, bytes.length, points.numerators, points.denominators, rows, error));
        return points;
    }

    /** The totals. */
    public Points total() {
        Points points = new Points(rows, per("total", null));
        ask((scored, error) ->
                Native.zeren_scored_total(scored, points.numerators, points.denominators, rows, error));
        return points;
    }

    /** The grades after quotas: places of their words, best first, from 0. */
    public long[] grade() {
        long[] grades = new long[rows];
        ask((scored, error) -> Native.zeren_scored_grade(scored, grades, rows, error));
        return grades;
    }

    /** The grades before quotas. */
    public long[] earnedGrade() {
        long[] grades = new long[rows];
        ask((scored, error) -> Native.zeren_scored_earned_grade(scored, grades, rows, error));
        return grades;
    }

    /** The ranks within the cohorts, the best 1. */
    public long[] rank() {
        long[] ranks = new long[rows];
        ask((scored, error) -> Native.zeren_scored_rank(scored, ranks, rows, error));
        return ranks;
    }

    /** Which rows were left to the exact run, because something is unknown or does not apply. */
    public boolean[] bySheet() {
        byte[] told = new byte[rows];
        ask((scored, error) -> Native.zeren_scored_by_sheet(scored, told, rows, error));
        boolean[] bySheet = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            bySheet[row] = told[row] != 0;
        }
        return bySheet;
    }

    /** The sheet of a row that was left to the exact run; {@link Table#sheet} gives that of any. */
    public String sheet(long row) {
        return handle.use(
                scored -> Outcome.text((text, error) -> Native.zeren_scored_sheet(scored, row, text, error)));
    }

    /** Frees the results. Again does nothing. */
    @Override
    public void close() {
        handle.close();
    }

    /** What the numbers of a column are over; 1 when there is no such column, which the library then says better. */
    private long per(String what, String item) {
        for (Object result : results) {
            Map<?, ?> told = (Map<?, ?>) result;
            if (what.equals(told.get("what")) && (item == null || item.equals(told.get("item")))) {
                return ((Number) told.get("per")).longValue();
            }
        }
        return 1;
    }

    /** A question that fills arrays. */
    private interface Filling {
        int call(Pointer scored, long[] error);
    }

    private void ask(Filling filling) {
        handle.use(scored -> {
            Outcome.done(error -> filling.call(scored, error));
            return null;
        });
    }
}
