package coppice.kernel.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommitTest {
    private static Commit commit(
            List<Hash> parents, long generation, String author, String message, Map<String, String> metadata) {
        return new Commit(
                Example.hash(1),
                parents,
                generation,
                Example.hash(2),
                author,
                0,
                author,
                0,
                message,
                metadata,
                Signature.NONE);
    }

    private static Commit withMessage(String message) {
        return commit(List.of(), 0, "a", message, Map.of());
    }

    private static void refused(Runnable body, String reason) {
        assertThatThrownBy(body::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void limitsHoldAtTheirEdges() {
        assertThat(withMessage("m".repeat(Commit.MESSAGE_BYTES_MAX)).message()).hasSize(Commit.MESSAGE_BYTES_MAX);
        refused(() -> withMessage("m".repeat(Commit.MESSAGE_BYTES_MAX + 1)), "message");
        refused(() -> withMessage("ü".repeat(Commit.MESSAGE_BYTES_MAX / 2 + 1)), "message");
        commit(List.of(), 0, "a".repeat(Commit.NAME_BYTES_MAX), "", Map.of());
        refused(() -> commit(List.of(), 0, "a".repeat(Commit.NAME_BYTES_MAX + 1), "", Map.of()), "author");
        commit(List.of(), 0, "", "", Map.of("n".repeat(Commit.METADATA_NAME_BYTES_MAX), ""));
        refused(
                () -> commit(List.of(), 0, "", "", Map.of("n".repeat(Commit.METADATA_NAME_BYTES_MAX + 1), "")),
                "metadata name");
        refused(() -> commit(List.of(), 0, "", "", Map.of("", "x")), "not empty");
        commit(List.of(), 0, "", "", Map.of("n", "v".repeat(Commit.METADATA_BYTES_MAX - 1)));
        refused(() -> commit(List.of(), 0, "", "", Map.of("n", "v".repeat(Commit.METADATA_BYTES_MAX))), "metadata");
        commit(List.of(), 0, "", "", entries(Commit.METADATA_MAX));
        refused(() -> commit(List.of(), 0, "", "", entries(Commit.METADATA_MAX + 1)), "metadata entries");
        Signature.of(new byte[Signature.BYTES_MAX]);
        refused(() -> Signature.of(new byte[Signature.BYTES_MAX + 1]), "signature");
    }

    private static Map<String, String> entries(int count) {
        Map<String, String> entries = new HashMap<>();
        IntStream.range(0, count).forEach(entry -> entries.put("n" + entry, ""));
        return entries;
    }

    @Test
    void parentsAndGenerationAgree() {
        List<Hash> many = IntStream.rangeClosed(1, Commit.PARENTS_MAX)
                .mapToObj(Example::hash)
                .toList();
        commit(many, 1, "", "", Map.of());
        List<Hash> tooMany = IntStream.rangeClosed(0, Commit.PARENTS_MAX)
                .mapToObj(Example::hash)
                .toList();
        refused(() -> commit(tooMany, 1, "", "", Map.of()), "parents");
        refused(() -> commit(List.of(Example.hash(1), Example.hash(1)), 1, "", "", Map.of()), "different");
        refused(() -> commit(List.of(), 1, "", "", Map.of()), "generation");
        refused(() -> commit(many, 0, "", "", Map.of()), "generation");
        refused(() -> commit(many, -1, "", "", Map.of()), "generation");
    }

    @Test
    void halvesOfSurrogatePairsAreRefused() {
        refused(() -> withMessage("\ud800"), "surrogate");
        refused(() -> commit(List.of(), 0, "\udc00", "", Map.of()), "surrogate");
        refused(() -> commit(List.of(), 0, "", "", Map.of("a", "\ud800")), "surrogate");
        refused(() -> commit(List.of(), 0, "", "", Map.of("\ud800", "a")), "surrogate");
    }

    @Test
    void theGreatestCommitFitsIntoAChunk() {
        Map<String, String> metadata = Map.of("n", "v".repeat(Commit.METADATA_BYTES_MAX - 1));
        Commit greatest = new Commit(
                Example.hash(1),
                IntStream.rangeClosed(1, Commit.PARENTS_MAX)
                        .mapToObj(Example::hash)
                        .toList(),
                Long.MAX_VALUE,
                Example.hash(2),
                "a".repeat(Commit.NAME_BYTES_MAX),
                Long.MAX_VALUE,
                "c".repeat(Commit.NAME_BYTES_MAX),
                Long.MIN_VALUE,
                "m".repeat(Commit.MESSAGE_BYTES_MAX),
                metadata,
                Signature.of(new byte[Signature.BYTES_MAX]));
        // Short entries have the most overhead: two bytes of length each.
        assertThat(greatest.encode().length + 2 * Commit.METADATA_MAX).isLessThan(Chunks.MAX_LENGTH);
    }

    @Test
    void aSignatureChangesTheNameButNotWhatIsSigned() {
        Commit plain = withMessage("m");
        Commit signed = plain.signed(Signature.of(new byte[] {1}));
        assertThat(signed.hash()).isNotEqualTo(plain.hash());
        assertThat(signed.unsigned()).isEqualTo(plain);
        assertThat(signed.signature()).isEqualTo(Signature.of(new byte[] {1})).hasToString("01");
    }
}
