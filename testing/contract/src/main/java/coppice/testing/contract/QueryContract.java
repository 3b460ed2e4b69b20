package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Isolation;
import coppice.api.Snapshot;
import coppice.api.Transaction;
import coppice.api.query.Query;
import coppice.api.query.QueryPlan;
import coppice.api.query.Row;
import coppice.api.query.RowPage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Questions for rows.
abstract class QueryContract extends Contract {
    @BeforeEach
    void people() {
        put("user:1", "{\"name\":\"Ann\",\"role\":\"admin\",\"age\":37,\"tags\":[\"eu\",\"staff\"],\"pay\":1.50}");
        put(
                "user:2",
                "{\"name\":\"Bob\",\"role\":\"member\",\"age\":41,\"tags\":[\"us\"],\"home\":{\"city\": \"Oslo\"}}");
        put("user:3", "{\"name\":\"Cid\",\"role\":\"admin\",\"age\":29,\"left\":null}");
        put("user:4", "{\"name\":\"Dee\",\"role\":\"member\",\"active\":true}");
        put("team:1", "{\"name\":\"Core\",\"age\":2}");
        put("note", "no JSON");
    }

    private void put(String key, String document) {
        db.space("people").put(key, document);
    }

    private Query people(String where, @Nullable Object... values) {
        return db.query("people").where(where, values);
    }

    private static List<String> keys(Query query) {
        return query.list().stream().map(Row::keyText).toList();
    }

    private static List<String> texts(Query query) {
        return query.list().stream().map(Row::text).toList();
    }

    @Test
    void allRowsComeInTheOrderOfTheirKeys() {
        assertThat(keys(db.query("people"))).containsExactly("note", "team:1", "user:1", "user:2", "user:3", "user:4");
        assertThat(keys(db.query("people").reversed()))
                .containsExactly("user:4", "user:3", "user:2", "user:1", "team:1", "note");
        assertThat(db.query("nothing").list()).isEmpty();
        assertThat(db.query("people").first().map(Row::text)).contains("no JSON");
        assertThat(db.query("nothing").first()).isEmpty();
    }

    @Test
    void conditionsAreAllTrueOfWhatIsGiven() {
        assertThat(keys(people("role = 'admin'"))).containsExactly("user:1", "user:3");
        assertThat(keys(people("role = 'admin'").where("age > 30"))).containsExactly("user:1");
        assertThat(keys(people("tags CONTAINS 'us' OR left IS NOT MISSING"))).containsExactly("user:2", "user:3");
        assertThat(keys(people("active"))).containsExactly("user:4");
        assertThat(keys(people("FALSE"))).isEmpty();
        assertThat(keys(people("home.city = 'Oslo'"))).containsExactly("user:2");
    }

    @Test
    void aTextThatIsAskedAgainTakesOtherValues() {
        for (int i = 0; i < 3; i++) {
            assertThat(keys(people("role = ? AND age > ?", "admin", 30))).containsExactly("user:1");
            assertThat(keys(people("role = ? AND age > ?", "admin", 20))).containsExactly("user:1", "user:3");
            assertThat(keys(people("role = ? AND age > ?", "member", 30))).containsExactly("user:2");
            assertThat(texts(people("role = ?", "member")
                            .select("name", "age * 2 AS twice")
                            .orderBy("age DESC")))
                    .containsExactly("{\"name\":\"Bob\",\"twice\":82}", "{\"name\":\"Dee\",\"twice\":null}");
            assertThatThrownBy(() -> people("role = ? AND age > ?", "admin"))
                    .isInstanceOf(DatabaseException.Incorrect.class)
                    .hasMessageContaining("has no value");
        }
    }

    @Test
    void keysAreChosenByGlobAndByCondition() {
        assertThat(keys(db.query("people").keys("user:*"))).hasSize(4);
        assertThat(keys(db.query("people").keys("*:1"))).containsExactly("team:1", "user:1");
        assertThat(keys(db.query("people").keys("user:1"))).containsExactly("user:1");
        assertThat(keys(people("$key IN ('user:3', 'user:1', 'no')"))).containsExactly("user:1", "user:3");
        assertThat(keys(people("$key > 'user:1' AND $key <= 'user:3'").reversed()))
                .containsExactly("user:3", "user:2");
        assertThat(keys(people("$key LIKE 'user:%'").keys("*3"))).containsExactly("user:3");
        assertThat(keys(people("$key < 'o'"))).containsExactly("note");
        db.space("people").put(bytes('u', 0xFF), utf8("{}"));
        assertThat(people("$key IS NULL").count()).isEqualTo(1);
        assertThat(people("$key >= 'u'").count()).isEqualTo(4);
    }

    @Test
    void valuesAreBoundToParameters() {
        assertThat(keys(people("role = ? AND age > ?", "admin", 30))).containsExactly("user:1");
        assertThat(keys(people("role = :r AND age > :a", Map.of("r", "admin", "a", 30L))))
                .containsExactly("user:1");
        for (Object age : List.of(
                37,
                37L,
                (short) 37,
                37.0,
                37f,
                new BigDecimal("3.70e1"),
                BigInteger.valueOf(37),
                new AtomicInteger(37))) {
            assertThat(keys(people("age = ?", age)))
                    .as(age.getClass().getName())
                    .containsExactly("user:1");
        }
        assertThat(keys(people("tags = ?", List.of("eu", "staff")))).containsExactly("user:1");
        assertThat(keys(people("home = ?", Map.of("city", "Oslo")))).containsExactly("user:2");
        assertThat(keys(people("active = ?", true))).containsExactly("user:4");
        assertThat(keys(people("role = ?", new Object[] {null}))).isEmpty();
        assertThat(keys(people("pay = ?", 1.5))).containsExactly("user:1");
    }

    @Test
    void parametersAndValuesThatDoNotFitAreRefused() {
        incorrect(ErrorCode.INVALID_QUERY, () -> people("role = ?"));
        incorrect(ErrorCode.INVALID_QUERY, () -> people("role = ?", "a", "b"));
        incorrect(ErrorCode.INVALID_QUERY, () -> people("role = :r", "a"));
        incorrect(ErrorCode.INVALID_QUERY, () -> people("role = :r", Map.of("q", 1)));
        incorrect(ErrorCode.INVALID_QUERY, () -> people("role = ?", new byte[1]));
        incorrect(ErrorCode.INVALID_QUERY, () -> people("age = ?", Double.NaN));
        incorrect(ErrorCode.INVALID_QUERY, () -> db.query("people").orderBy("?"));
    }

    @Test
    void malformedExpressionsAreRefusedWithTheirPlace() {
        assertThatThrownBy(() -> people("role = 'admin' && active"))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContaining("AND instead of &&")
                .hasMessageContaining("               ^");
        incorrect(ErrorCode.INVALID_QUERY, () -> db.query("people").orderBy("age +"));
        incorrect(ErrorCode.INVALID_QUERY, () -> db.query("people").select("age + 1"));
        incorrect(ErrorCode.INVALID_QUERY, () -> db.query("people").select("a.name", "name"));
        incorrect(ErrorCode.INVALID_SPACE_NAME, () -> db.query(""));
        assertThatThrownBy(() -> db.query("people").limit(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> db.query("people").offset(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> db.query("people").page(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rowsAreOrderedByWhatIsSaidThenByTheirKeys() {
        Query users = db.query("people").keys("user:*");
        assertThat(keys(users.orderBy("age"))).containsExactly("user:4", "user:3", "user:1", "user:2");
        assertThat(keys(users.orderBy("age DESC"))).containsExactly("user:2", "user:1", "user:3", "user:4");
        assertThat(keys(users.orderBy("role", "age desc"))).containsExactly("user:1", "user:3", "user:2", "user:4");
        assertThat(keys(users.orderBy("role"))).containsExactly("user:1", "user:3", "user:2", "user:4");
        assertThat(keys(users.orderBy("role DESC"))).containsExactly("user:2", "user:4", "user:1", "user:3");
        assertThat(keys(users.orderBy("role").reversed())).containsExactly("user:4", "user:2", "user:3", "user:1");
        assertThat(keys(users.orderBy("length(name) ASC"))).containsExactly("user:1", "user:2", "user:3", "user:4");
    }

    @Test
    void limitAndOffsetCutTheAnswer() {
        Query users = db.query("people").keys("user:*");
        assertThat(keys(users.limit(2))).containsExactly("user:1", "user:2");
        assertThat(keys(users.offset(3))).containsExactly("user:4");
        assertThat(keys(users.orderBy("age").offset(1).limit(2))).containsExactly("user:3", "user:1");
        assertThat(keys(users.offset(9))).isEmpty();
        assertThat(users.count()).isEqualTo(4);
        assertThat(users.limit(3).count()).isEqualTo(3);
        assertThat(users.offset(3).limit(3).count()).isEqualTo(1);
        assertThat(users.where("role = 'admin'").offset(1).count()).isEqualTo(1);
        assertThat(users.offset(9).count()).isZero();
    }

    @Test
    void whatIsSelectedIsGivenInItsOrder() {
        Query ann = db.query("people").keys("user:1");
        assertThat(texts(ann.select("age", "name"))).containsExactly("{\"age\":37,\"name\":\"Ann\"}");
        assertThat(texts(ann.select("pay", "pay * 2 AS \"the \"\"double\"\"\"")))
                .containsExactly("{\"pay\":1.50,\"the \\\"double\\\"\":3}");
        assertThat(texts(ann.select("$key", "nothing", "tags[0] as first", "CAST(age AS TEXT) AS years")))
                .containsExactly("{\"$key\":\"user:1\",\"nothing\":null,\"first\":\"eu\",\"years\":\"37\"}");
        assertThat(texts(db.query("people").keys("user:2").select("home", "home.city")))
                .containsExactly("{\"home\":{\"city\": \"Oslo\"},\"city\":\"Oslo\"}");
        assertThat(texts(db.query("people").keys("note").select("name"))).containsExactly("{\"name\":null}");
    }

    @Test
    void rowsGiveTheirValuesAsJavaHasThem() {
        put(
                "all",
                "{\"n\":null,\"t\":true,\"l\":9223372036854775807,\"b\":9223372036854775808,\"d\":1.50,\"s\":\"x\","
                        + "\"a\":[1,null],\"o\":{\"k\":\"v\"}}");
        Row row = db.query("people").keys("all").first().orElseThrow();
        assertThat(row.values().keySet()).containsExactly("n", "t", "l", "b", "d", "s", "a", "o");
        assertThat(row.value("n")).isEmpty();
        assertThat(row.value("t")).contains(true);
        assertThat(row.value("l")).contains(Long.MAX_VALUE);
        assertThat(row.value("b")).contains(new BigDecimal("9223372036854775808"));
        assertThat(row.value("d")).contains(new BigDecimal("1.50"));
        assertThat(row.value("s")).contains("x");
        assertThat(row.value("a")).contains(Arrays.asList(1L, null));
        assertThat(row.value("o")).contains(Map.of("k", "v"));
        assertThat(row.value("no")).isEmpty();
        assertThat(row.key()).isEqualTo(utf8("all"));
        assertThat(db.query("people").keys("note").first().orElseThrow().values())
                .isEmpty();
    }

    @Test
    void bytesThatAreNoTextAreGivenAsBytes() {
        db.space("people").put(bytes(0xFF), bytes(0xFE));
        Row row = db.query("people").reversed().first().orElseThrow();
        assertThat(row.document()).isEqualTo(bytes(0xFE));
        incorrect(ErrorCode.NOT_TEXT, row::keyText);
        incorrect(ErrorCode.NOT_TEXT, row::text);
    }

    private static List<String> paged(Query query, int size) {
        List<String> keys = new ArrayList<>();
        RowPage page = query.page(size);
        while (true) {
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(size);
            page.rows().forEach(row -> keys.add(row.keyText()));
            Optional<String> next = page.next();
            if (next.isEmpty()) {
                return keys;
            }
            page = query.page(size, next.get());
        }
    }

    @Test
    void pagesTogetherAreTheAnswer() {
        for (int i = 0; i < 50; i++) {
            put("n%02d".formatted(i), "{\"a\":%d,\"b\":%d}".formatted(i % 3, i % 7));
        }
        Query numbers = db.query("people").keys("n??");
        for (Query query : List.of(
                numbers,
                numbers.reversed(),
                numbers.orderBy("a"),
                numbers.orderBy("a DESC", "b"),
                numbers.orderBy("b", "a DESC").reversed().select("a"),
                numbers.where("a = 1").limit(11),
                numbers.orderBy("b").offset(5).limit(20))) {
            List<String> all = keys(query);
            assertThat(paged(query, 1)).isEqualTo(all);
            assertThat(paged(query, 7)).isEqualTo(all);
            assertThat(paged(query, all.size())).isEqualTo(all);
            assertThat(query.page(1_000).next()).isEmpty();
        }
    }

    @Test
    void aPageGoesOnBehindItsLastRowWhateverHappensElsewhere() {
        Query byAge = db.query("people").keys("user:*").where("age IS NOT NULL").orderBy("age");
        RowPage first = byAge.page(2);
        assertThat(first.rows()).extracting(Row::keyText).containsExactly("user:3", "user:1");
        put("user:0", "{\"age\":1}");
        db.space("people").delete("user:1");
        put("user:9", "{\"age\":40}");
        assertThat(byAge.page(9, first.next().orElseThrow()).rows())
                .extracting(Row::keyText)
                .containsExactly("user:9", "user:2");
    }

    @Test
    void tokensOfOtherQueriesAndBrokenOnesAreRefused() {
        Query users = db.query("people").keys("user:*");
        String token = users.page(1).next().orElseThrow();
        assertThat(users.page(1, token).rows()).hasSize(1);
        incorrect(ErrorCode.INVALID_TOKEN, () -> users.reversed().page(1, token));
        incorrect(ErrorCode.INVALID_TOKEN, () -> users.where("age > 1").page(1, token));
        incorrect(
                ErrorCode.INVALID_TOKEN, () -> db.query("other").keys("user:*").page(1, token));
        for (String broken : List.of("", "x", "****", token.substring(1), token + "AAAA", "A".repeat(64))) {
            incorrect(ErrorCode.INVALID_TOKEN, () -> users.page(1, broken));
        }
    }

    @Test
    void anAnswerIsThatOfOneState() {
        Query users = db.query("people").keys("user:*");
        try (Stream<Row> rows = users.rows()) {
            db.space("people").delete("user:4");
            put("user:3", "{}");
            assertThat(rows.map(Row::text).toList()).hasSize(4).doesNotContain("{}");
        }
        assertThat(users.count()).isEqualTo(3);
        try (Stream<Row> rows = users.orderBy("age").rows()) {
            put("user:2", "{}");
            db.commit("folds");
            assertThat(rows.map(Row::text).toList()).filteredOn("{}"::equals).hasSize(1);
        }
    }

    @Test
    void snapshotsAndBranchesAnswerForTheirOwnState() {
        db.commit("people");
        db.branch("other", db.head());
        db.branch("other").space("people").delete("user:1");
        Snapshot before = db.branch("other").snapshot();
        db.branch("other").space("people").delete("user:2");
        assertThat(db.query("people").keys("user:*").count()).isEqualTo(4);
        assertThat(keys(before.query("people").keys("user:*"))).containsExactly("user:2", "user:3", "user:4");
        assertThat(keys(db.branch("other").query("people").keys("user:*"))).containsExactly("user:3", "user:4");
        assertThat(db.at("main").query("people").where("role = 'admin'").count())
                .isEqualTo(2);
    }

    @Test
    void transactionsAskForWhatTheySee() {
        try (Transaction transaction = db.main().begin()) {
            transaction.space("people").put("user:5", "{\"role\":\"admin\"}");
            transaction.space("people").delete("user:1");
            Query admins = transaction.query("people").where("role = 'admin'");
            assertThat(keys(admins)).containsExactly("user:3", "user:5");
            assertThat(keys(people("role = 'admin'"))).containsExactly("user:1", "user:3");
            transaction.space("people").delete("user:3");
            assertThat(keys(admins)).containsExactly("user:5");
            transaction.rollback();
            incorrect(ErrorCode.TRANSACTION_ENDED, admins::list);
        }
    }

    @Test
    void aSerializableTransactionFailsWhenWhatItAskedForChanges() {
        try (Transaction transaction = db.main().begin(Isolation.SERIALIZABLE)) {
            assertThat(transaction
                            .query("people")
                            .keys("user:*")
                            .where("age > 99")
                            .count())
                    .isZero();
            transaction.space("people").put("old", "0");
            put("user:7", "{\"age\":100}");
            refused(DatabaseException.Conflict.class, ErrorCode.CONFLICT, transaction::commit);
        }
        try (Transaction transaction = db.main().begin(Isolation.SERIALIZABLE)) {
            assertThat(transaction
                            .query("people")
                            .keys("user:*")
                            .where("age > 99")
                            .count())
                    .isEqualTo(1);
            transaction.space("people").put("old", "1");
            put("team:7", "{\"age\":100}");
            transaction.commit();
        }
    }

    @Test
    void aPlanSaysWhatIsDoneAndWhatHappened() {
        Query query = db.query("people")
                .keys("user:*")
                .where("age > 30")
                .orderBy("age")
                .limit(1)
                .select("name");
        QueryPlan plan = query.explain();
        assertThat(plan.toString())
                .containsSubsequence(
                        "select name", "limit 1", "sort age", "filter age > 30", "scan people keys 'user:*'")
                .doesNotContain("really");
        QueryPlan what = query.analyze();
        QueryPlan scan = what;
        while (!scan.inputs().isEmpty()) {
            scan = scan.inputs().getFirst();
        }
        assertThat(scan.estimate()).isEqualTo(4);
        assertThat(scan.actual()).hasValue(4);
        assertThat(what.actual()).hasValue(1);
        assertThat(what.nanos().orElseThrow())
                .isGreaterThanOrEqualTo(scan.nanos().orElseThrow());
    }

    @Test
    void afterClosingNothingIsAnswered() {
        Query query = db.query("people");
        Query past = db.main().snapshot().query("people");
        Stream<Row> rows = query.rows();
        db.close();
        for (Query asked : List.of(query, past)) {
            assertThatThrownBy(asked::list).isInstanceOf(DatabaseException.Closed.class);
            assertThatThrownBy(asked::count).isInstanceOf(DatabaseException.Closed.class);
            assertThatThrownBy(asked::explain).isInstanceOf(DatabaseException.Closed.class);
        }
        assertThatThrownBy(rows::toList).isInstanceOf(DatabaseException.Closed.class);
    }
}
