package coppice.kernel.proof;

import static coppice.kernel.proof.Ledger.text;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.FormatPage;
import coppice.kernel.bytes.Hash;
import org.junit.jupiter.api.Test;

class ProofFormatTest {
    private final Ledger ledger =
            new Ledger().put("fruit", "apple", text("red")).put("fruit", "pear", text("green"));

    @Test
    void thePageTellsTheTruth() throws Exception {
        Hash commit = ledger.commit();
        byte[] present = ledger.prove(commit, new Question.OfKey("fruit", text("apple")));
        byte[] range = ledger.prove(commit, new Question.OfRange("fruit", text("b"), text("z"), 10));
        assertThat(commit)
                .hasToString("9c94ce75829687278fd7164e8aa5f600aa21e8f9cf1e81da8a3a0e08c26ac621"); // as the page says
        assertThat(present).isEqualTo(FormatPage.example("proof.md", "present"));
        assertThat(range).startsWith(FormatPage.example("proof.md", "range"));
        assertThat(FormatPage.names("proof.md")).containsExactly("present", "range");
        assertThat(ProofReader.verify(FormatPage.example("proof.md", "present"), commit)
                        .rows())
                .singleElement()
                .satisfies(row -> assertThat(row.value()).isEqualTo(text("red")));
    }
}
