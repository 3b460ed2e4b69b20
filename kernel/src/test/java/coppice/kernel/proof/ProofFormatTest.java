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
                .hasToString("225970090a15b401d2873c86b8ab2688d6e358dcfba38befcdee6662c5c3c74d"); // as the page says
        assertThat(present).isEqualTo(FormatPage.example("proof.md", "present"));
        assertThat(range).startsWith(FormatPage.example("proof.md", "range"));
        assertThat(FormatPage.names("proof.md")).containsExactly("present", "range");
        assertThat(ProofReader.verify(FormatPage.example("proof.md", "present"), commit)
                        .rows())
                .singleElement()
                .satisfies(row -> assertThat(row.value()).isEqualTo(text("red")));
    }
}
