package coppice.testing.contract;

import static coppice.testing.contract.EncryptedDictContract.OTHER;
import static coppice.testing.contract.EncryptedDictContract.SECRET;
import static coppice.testing.contract.EncryptedDictContract.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Branch;
import coppice.api.Conflict;
import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.MergePolicy;
import coppice.api.MergeRule;
import coppice.api.Pick;
import coppice.api.Range;
import coppice.api.Resolver;
import coppice.api.structure.Dict;
import coppice.api.structure.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Secrets and keys that change, in history and on branches.
abstract class EncryptionContract extends Contract {
    private static final String KEYS = "@secrets/notes";

    private Dict<String> notes(Secret secret) {
        return db.dict("notes", String.class, secret);
    }

    private static Dict<String> notes(Branch branch, Secret secret) {
        return branch.dict("notes", String.class, secret);
    }

    private Branch drafted() {
        notes(SECRET).put("base", "0");
        db.commit("base");
        return db.branch("draft", db.head());
    }

    /// The ids of the keys that rows are encrypted with.
    private Set<String> used() {
        try (Stream<Entry> rows = db.space("notes").entries(Range.all())) {
            return rows.map(row -> Arrays.toString(Arrays.copyOfRange(row.value(), 1, 17)))
                    .collect(Collectors.toSet());
        }
    }

    private void merged(Branch from) {
        assertThat(db.merge(from.name(), Merge.into("main"))).isInstanceOf(MergeOutcome.Merged.class);
    }

    private List<Conflict> conflicts(Branch from, Merge merge) {
        MergeOutcome outcome = db.merge(from.name(), merge);
        assertThat(outcome).isInstanceOf(MergeOutcome.Conflicted.class);
        return ((MergeOutcome.Conflicted) outcome).conflicts();
    }

    @Test
    void aChangedSecretOpensFromThenOnAndVersionsHaveThatOfTheirTime() {
        Dict<String> before = notes(SECRET);
        before.put("k", "1");
        db.commit("one");
        byte[] row = db.space("notes").get(utf8("k")).orElseThrow();
        notes(SECRET).encryption().changeSecret(OTHER);
        assertThat(db.space("notes").get(utf8("k")))
                .as("values stay as they are")
                .contains(row);
        incorrect(ErrorCode.WRONG_SECRET, () -> notes(SECRET));
        assertThat(notes(OTHER).get("k")).contains("1");
        before.put("l", "2");
        assertThat(notes(OTHER).get("l")).as("who had it open before").contains("2");
        db.commit("two");
        assertThat(db.at("HEAD~1").dict("notes", SECRET).get("k")).contains("1");
        incorrect(ErrorCode.WRONG_SECRET, () -> db.at("HEAD~1").dict("notes", OTHER));
        assertThat(db.at("HEAD").dict("notes", OTHER).get("l")).contains("2");
        incorrect(ErrorCode.WRONG_SECRET, () -> before.encryption().changeSecret(key(3)));
        incorrect(ErrorCode.WRONG_SECRET, () -> before.encryption().rotateKey());
        reopenIfPossible();
        incorrect(ErrorCode.WRONG_SECRET, () -> notes(SECRET));
        assertThat(notes(OTHER).count()).isEqualTo(2);
    }

    @Test
    void passphrasesAndKeysReplaceEachOther() {
        notes(SECRET).put("k", "1");
        Secret words = Secret.passphrase("correct horse".toCharArray());
        Dict<String> notes = notes(SECRET);
        notes.encryption().changeSecret(words);
        assertThat(notes(words).get("k")).contains("1");
        notes.batched(batch -> batch.put("l", "2"));
        notes.encryption().changeSecret(SECRET);
        assertThat(notes(SECRET).count()).isEqualTo(2);
        incorrect(ErrorCode.WRONG_SECRET, () -> notes(words));
    }

    @Test
    void aSecretCanBeChangedBeforeAnythingWasPut() {
        Dict<String> notes = notes(SECRET);
        notes.encryption().changeSecret(OTHER);
        notes.put("k", "1");
        assertThat(notes(OTHER).get("k")).contains("1");
        incorrect(ErrorCode.WRONG_SECRET, () -> notes(SECRET));
    }

    @Test
    void aNewKeyIsForWhatIsWrittenFromThenOnUntilAllIsWrittenAnew() {
        int many = 2_500;
        notes(SECRET).batched(batch -> IntStream.range(0, many).forEach(i -> batch.put("k" + i, "v" + i)));
        db.commit("first");
        assertThat(used()).hasSize(1);
        notes(SECRET).encryption().rotateKey();
        notes(SECRET).put("k0", "new");
        assertThat(used()).hasSize(2);
        assertThat(notes(SECRET).get("k1")).contains("v1");
        assertThat(notes(SECRET).encryption().reencrypt()).isEqualTo(many - 1);
        assertThat(used()).hasSize(1);
        assertThat(notes(SECRET).encryption().reencrypt()).isZero();
        assertThat(notes(SECRET).values()).hasSize(many).contains("new", "v1", "v" + (many - 1));
        assertThat(db.at("HEAD").dict("notes", SECRET).get("k0")).contains("v0");
        notes(SECRET).encryption().async().rotateKey().join();
        assertThat(db.space(KEYS).count()).isEqualTo(3);
    }

    @Test
    void writingAnewStopsAtWhatCannotBeRead() {
        notes(SECRET).put("a", "1");
        notes(SECRET).put("b", "2");
        notes(SECRET).encryption().rotateKey();
        byte[] damaged = db.space("notes").get(utf8("b")).orElseThrow();
        damaged[damaged.length - 1]++;
        db.space("notes").put(utf8("b"), damaged);
        incorrect(ErrorCode.NOT_AUTHENTIC, () -> notes(SECRET).encryption().reencrypt());
        notes(SECRET).remove("b");
        assertThat(notes(SECRET).encryption().reencrypt()).isEqualTo(1);
    }

    @Test
    void branchesThatBothHaveNewKeysMerge() {
        Branch draft = drafted();
        notes(draft, SECRET).encryption().rotateKey();
        notes(draft, SECRET).put("theirs", "1");
        draft.commit("theirs");
        notes(SECRET).encryption().rotateKey();
        notes(SECRET).put("ours", "2");
        db.commit("ours");
        merged(draft);
        assertThat(notes(SECRET).keys()).containsExactly("base", "ours", "theirs");
        assertThat(notes(SECRET).values()).containsExactly("0", "2", "1");
        assertThat(used()).hasSize(3);
        assertThat(notes(SECRET).encryption().reencrypt()).isEqualTo(2);
        assertThat(used()).hasSize(1);
    }

    @Test
    void aValueThatIsPickedWithoutItsKeySaysWhereThatIs() {
        Branch draft = drafted();
        notes(draft, SECRET).encryption().rotateKey();
        draft.commit("a new key");
        notes(draft, SECRET).put("theirs", "1");
        draft.commit("theirs");
        db.main().edits().cherryPick(Pick.of("draft"));
        assertThatThrownBy(() -> notes(SECRET).get("theirs"))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContainingAll("key 'theirs' of 'notes'", "pick the commit that made the key");
        assertThat(notes(SECRET).get("base")).contains("0");
        db.main().edits().cherryPick(Pick.of("draft~1"));
        assertThat(notes(SECRET).get("theirs")).contains("1");
    }

    @Test
    void branchesThatBothMadeTheDictWithOneSecretMerge() {
        db.space("other").put("k", "v");
        db.commit("base");
        Branch draft = db.branch("draft", db.head());
        notes(draft, SECRET).put("theirs", "1");
        draft.commit("theirs");
        notes(SECRET).put("ours", "2");
        db.commit("ours");
        merged(draft);
        assertThat(notes(SECRET).values()).containsExactly("2", "1");
    }

    @Test
    void aNameThatIsEncryptedOnOneBranchAloneConflicts() {
        db.space("other").put("k", "v");
        db.commit("base");
        Branch draft = db.branch("draft", db.head());
        notes(draft, SECRET).put("theirs", "1");
        draft.commit("theirs");
        db.dict("notes", String.class).put("ours", "2");
        db.commit("ours");
        assertThat(conflicts(draft, Merge.into("main")))
                .extracting(Conflict::space)
                .containsExactly("@structures");
    }

    @Test
    void branchesThatBothChangeTheSecretConflictAndEitherSideOpens() {
        Branch draft = drafted();
        notes(draft, SECRET).encryption().changeSecret(OTHER);
        draft.commit("theirs");
        notes(SECRET).encryption().changeSecret(key(3));
        db.commit("ours");
        assertThat(conflicts(draft, Merge.into("main")))
                .extracting(Conflict::space)
                .containsExactly(KEYS);
        db.branch("copy", db.head());
        merged(db.branch("draft"), Resolver.OURS, "copy");
        merged(db.branch("draft"), Resolver.THEIRS, "main");
        assertThat(notes(db.branch("copy"), key(3)).get("base")).contains("0");
        incorrect(ErrorCode.WRONG_SECRET, () -> notes(db.branch("copy"), OTHER));
        assertThat(notes(OTHER).get("base")).contains("0");
        incorrect(ErrorCode.WRONG_SECRET, () -> notes(key(3)));
    }

    private void merged(Branch from, Resolver resolver, String into) {
        assertThat(db.merge(from.name(), Merge.into(into).resolving(resolver))).isInstanceOf(MergeOutcome.Merged.class);
    }

    @Test
    void aKeyThatWasMadeUnderTheOldSecretElsewhereIsTakenOver() {
        Branch draft = drafted();
        notes(draft, SECRET).encryption().rotateKey();
        notes(draft, SECRET).put("theirs", "1");
        draft.commit("theirs");
        notes(SECRET).encryption().changeSecret(OTHER);
        db.commit("ours");
        merged(draft);
        assertThat(notes(OTHER).get("base")).contains("0");
        incorrect(ErrorCode.WRONG_SECRET, () -> notes(OTHER).get("theirs"));
        notes(SECRET).encryption().changeSecret(OTHER);
        assertThat(notes(OTHER).values()).containsExactly("0", "1");
        incorrect(ErrorCode.WRONG_SECRET, () -> notes(SECRET));
    }

    @Test
    void valuesThatBothSidesPutConflictAsAWholeAlsoEqualOnes() {
        Dict<Object> any = db.dict("any", SECRET);
        any.put("both", Map.of("a", 1, "b", 1));
        any.put("mine", 1);
        db.commit("base");
        Branch draft = db.branch("draft", db.head());
        draft.dict("any", SECRET).put("both", Map.of("a", 2, "b", 1));
        draft.dict("any", SECRET).put("equal", 5);
        draft.dict("any", SECRET).put("mine", 1);
        draft.commit("theirs");
        any.put("both", Map.of("a", 1, "b", 2));
        any.put("equal", 5);
        any.put("mine", 2);
        db.commit("ours");
        for (MergePolicy policy : List.of(MergePolicy.fields(), MergePolicy.counts(), MergePolicy.whole())) {
            assertThat(conflicts(draft, Merge.into("main").rule(MergeRule.of("any", policy))))
                    .extracting(one -> new String(one.key(), UTF_8))
                    .containsExactly("both", "equal");
        }
        merged(draft, Resolver.THEIRS, "main");
        assertThat(any.get("both")).contains(Map.of("a", 2L, "b", 1L));
        assertThat(any.get("mine")).as("put again there, which changed nothing").contains(2L);
    }

    @Test
    void aBranchThatGoesBackHasTheSecretOfThen() {
        Dict<String> notes = notes(SECRET);
        notes.put("k", "1");
        db.commit("one");
        notes.encryption().changeSecret(OTHER);
        notes.put("k", "2");
        db.commit("two");
        Branch back = db.branch("back", "HEAD~1");
        assertThat(notes(back, SECRET).get("k")).contains("1");
        incorrect(ErrorCode.WRONG_SECRET, () -> notes(back, OTHER));
    }
}
