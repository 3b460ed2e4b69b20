package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Merge;
import coppice.api.structure.Dict;
import coppice.api.structure.Keys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Entries that end, by a clock that the tests turn.
class LifetimesTest extends TimedTest {
    private Dict<String> dict;

    @BeforeEach
    void openTheDict() {
        dict = db.dict("d", String.class);
    }

    private long rows() {
        return db.space("d").count();
    }

    @Test
    void whatHasEndedIsNotThereAnyMoreFromThatMomentOn() {
        dict.put("a", "1", HOUR);
        dict.put("b", "2");
        assertThat(dict.expiry("a")).contains(now().plus(HOUR));
        pass(HOUR.minusMillis(1));
        assertThat(dict.get("a")).contains("1");
        pass(Duration.ofMillis(1));
        assertThat(dict.get("a")).isEmpty();
        assertThat(dict.contains("a")).isFalse();
        assertThat(dict.expiry("a")).isEmpty();
        assertThat(dict.count()).isOne();
        assertThat(dict.keys()).containsExactly("b");
        assertThat(dict.entries()).hasSize(1);
        assertThat(dict.page(Keys.all(), 5).entries()).hasSize(1);
        assertThat(dict.getAll(List.of("a", "b"))).containsOnlyKeys("b");
        assertThat(dict.compareAndSet("a", Optional.of("1"), Optional.of("2"))).isFalse();
        assertThat(dict.pop("a")).isEmpty();
        assertThat(dict.compute("a", old -> old)).isEmpty();
        assertThat(rows()).isOne();
    }

    @Test
    void whatIsPutAnewEndsAsItSaysNow() {
        dict.put("a", "1", HOUR);
        dict.put("a", "2");
        dict.put("b", "1", HOUR);
        dict.put("b", "2", HOUR.multipliedBy(3));
        dict.put("c", "1", HOUR);
        dict.compute("c", old -> old.map(one -> one + "!"));
        pass(HOUR);
        assertThat(dict.putIfAbsent("c", "3")).isEmpty();
        assertThat(dict.entries())
                .extracting(Object::toString)
                .containsExactly("DictEntry[key=a, value=2]", "DictEntry[key=b, value=2]", "DictEntry[key=c, value=3]");
        pass(HOUR);
        assertThat(dict.keys()).containsExactly("a", "b", "c");
        pass(HOUR);
        assertThat(dict.keys()).containsExactly("a", "c");
    }

    @Test
    void whatHasEndedIsRemovedInTheBackground() {
        dict.put("a", "1", HOUR);
        db.transact(transaction -> {
            transaction.dict("d", String.class).put("b", "1", HOUR.multipliedBy(2));
            return true;
        });
        for (int i = 0; i < 2_500; i++) {
            dict.put("k" + i, "v", HOUR);
        }
        housekeeping.run();
        assertThat(rows()).isEqualTo(2_502);
        pass(HOUR);
        housekeeping.run();
        assertThat(rows()).isOne();
        pass(HOUR);
        housekeeping.run();
        assertThat(rows()).isZero();
        assertThat(db.current().spaces()).containsExactly("@structures");
    }

    @Test
    void whatEndedWhileTheDatabaseWasClosedIsRemovedOnceItIsUsed() {
        dict.put("a", "1", HOUR);
        db.close();
        pass(HOUR);
        open();
        openTheDict();
        assertThat(dict.get("a")).isEmpty();
        assertThat(rows()).isOne();
        housekeeping.run();
        assertThat(rows()).isZero();
    }

    @Test
    void housekeepingOfADeletedBranchIsNobodysBusiness() {
        db.branch("b", db.head()).dict("d", String.class).put("a", "1", HOUR);
        db.forceDeleteBranch("b");
        dict.put("a", "1", HOUR);
        pass(HOUR);
        housekeeping.run();
        assertThat(rows()).isZero();
    }

    @Test
    void aVersionHasWhatItHadWhenItWasMade() {
        dict.put("a", "1", HOUR);
        db.commit("with");
        var before = db.current().snapshot();
        pass(HOUR);
        db.space("other").put("k", "v");
        db.commit("without");
        assertThat(db.at("HEAD~1").dict("d", String.class).get("a")).contains("1");
        assertThat(db.at("HEAD").dict("d", String.class).get("a")).isEmpty();
        assertThat(before.dict("d", String.class).get("a")).contains("1");
        assertThat(db.current().snapshot().dict("d", String.class).get("a")).isEmpty();
    }

    @Test
    void lifetimesAreMergedWithTheEntries() {
        dict.put("a", "1", HOUR);
        db.commit("a");
        var draft = db.branch("draft", db.head());
        draft.dict("d", String.class).put("b", "2", HOUR);
        draft.dict("d", String.class).put("a", "2");
        draft.commit("b");
        dict.put("c", "3");
        db.commit("c");
        db.merge("draft", Merge.into("main"));
        pass(HOUR);
        assertThat(dict.keys()).containsExactly("a", "c");
    }
}
